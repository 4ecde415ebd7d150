import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  completed,
  done,
  renderProgress,
  run,
  stateOf,
  task,
  told,
} from '../__testUtils__/renderProgress';

jest.setTimeout(120_000);

describe('the progress of a new problem', () => {
  it('shows each step with its state, those to come too, and goes on by itself', async () => {
    const { stream } = renderProgress([
      ...done('plan'),
      told('render', 'processing'),
    ]);

    await waitFor(
      async () =>
        expect(await stateOf('Read the source again')).toBe('Succeeded'),
      { timeout: 5000 },
    );
    expect(await stateOf('Render the repository')).toBe('Running');
    expect(await stateOf('First pipeline run')).toBe('Waiting');
    expect(screen.queryByText('Take everything back')).toBeNull();
    expect(screen.getByText('Being made')).toBeInTheDocument();

    act(() => stream.more(told('render', 'completed')));
    await waitFor(
      async () =>
        expect(await stateOf('Render the repository')).toBe('Succeeded'),
      { timeout: 5000 },
    );
  });

  it('ends with links, and shows the first run step by step', async () => {
    renderProgress(
      [
        ...done('plan', 'render', 'repository', 'register', 'first-run'),
        completed({ output: { runId: 'r1' } }),
      ],
      {
        answers: {
          listRuns: () => ({ items: [run()], total: 1 }),
          getRun: () => run(),
        },
      },
    );

    expect(await screen.findByText('step 2 of 2: tune')).toBeInTheDocument();
    expect(screen.getByText('usually 3 min 45 s')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: '#1' })).toHaveAttribute(
      'href',
      '/ml/runs/r1',
    );
    expect(screen.getByRole('link', { name: 'Open problem' })).toHaveAttribute(
      'href',
      '/ml/problems/late',
    );
    expect(
      screen.getByText(/git clone http:\/\/git\/late.git/),
    ).toBeInTheDocument();
  });

  it('says why a step failed and that nothing was made, and creates anew', async () => {
    const { scaffolder, hub } = renderProgress([
      told(
        'plan',
        'failed',
        'InputError: Problem late cannot be made: target: is constant\n    at x.ts:1',
      ),
      completed({ error: { message: 'target: is constant' } }),
    ]);

    const notice = await screen.findByRole('alert');
    expect(notice).toHaveTextContent(
      'Problem late cannot be made: target: is constant',
    );
    expect(notice).toHaveTextContent('Nothing was made. Your form is kept.');
    expect(screen.queryByRole('button', { name: /Undo/ })).toBeNull();
    expect(hub.calls).toEqual([]);

    await userEvent.click(screen.getByRole('button', { name: 'Create again' }));
    expect(scaffolder.scaffold).toHaveBeenCalledWith({
      templateRef: 'template:default/new-ml-problem',
      values: task.spec.parameters,
    });
    expect(scaffolder.retry).not.toHaveBeenCalled();
    await waitFor(() =>
      expect(scaffolder.getTask).toHaveBeenCalledWith('task-8'),
    );
  });

  it('offers to go on or to take everything back where a repository is left', async () => {
    const { hub, catalog, scaffolder } = renderProgress(
      [
        ...done('plan', 'render', 'repository'),
        told('register', 'failed', 'InputError: The catalog refuses it'),
        told('undo', 'failed', 'ServiceUnavailableError: no answer'),
        completed({ error: { message: 'The catalog refuses it' } }),
      ],
      { answers: { deleteRepository: () => ({ deleted: true }) } },
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'Retry step' }),
    );
    expect(scaffolder.retry).toHaveBeenCalledWith('task-7');
    await userEvent.click(
      await screen.findByRole('button', { name: /Undo all/ }),
    );
    await userEvent.click(
      within(await screen.findByRole('dialog')).getByRole('button', {
        name: /Undo all/,
      }),
    );

    expect(
      await screen.findByText('Everything is taken back.'),
    ).toBeInTheDocument();
    expect(catalog.getLocationByRef).toHaveBeenCalledWith(
      'url:http://git/late/-/blob/main/catalog-info.yaml',
    );
    expect(
      hub.calls.find(c => c.route === 'deleteRepository')?.request.params,
    ).toEqual({ name: 'late' });
  });

  it('stops on request', async () => {
    const { scaffolder } = renderProgress([told('plan', 'processing')]);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Stop and keep what exists' }),
    );

    expect(scaffolder.cancelTask).toHaveBeenCalledWith('task-7');
  });

  it('names a creation that is not known', async () => {
    renderProgress([], {
      scaffolder: {
        getTask: async () => {
          throw new Error('there is no task task-7');
        },
      },
    });

    expect(
      await screen.findByText('there is no task task-7'),
    ).toBeInTheDocument();
  });
});
