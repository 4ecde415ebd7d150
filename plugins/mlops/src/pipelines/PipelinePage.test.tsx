import '@testing-library/jest-dom';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderPage } from '../testUtils/render';
import { PipelinePage } from './PipelinePage';
import { PipelineRoutes } from './PipelineRoutes';
import { PipelinesPage } from './PipelinesPage';

jest.setTimeout(60_000);
const find = { timeout: 15_000 };
const at = {
  path: '/ml/pipelines/flight-delay',
  mountPath: '/ml/pipelines/:name',
};

describe('PipelinePage', () => {
  it('says in the row why a run failed and what started it', async () => {
    renderPage(<PipelinePage />, at);
    const row = await screen.findByRole('row', { name: /#46/ }, find);
    expect(row).toHaveTextContent('the source did not answer within 60 s');
    expect(row).toHaveTextContent('alert by Policy');
  });

  it('asks the hub for the state that is chosen', async () => {
    const { hub } = renderPage(<PipelinePage />, at);
    await screen.findByRole('row', { name: /#46/ }, find);
    await userEvent.click(screen.getByRole('radio', { name: 'Failed' }));
    const card = screen.getByRole('region', { name: 'Runs' });
    expect(
      await within(card).findAllByRole('rowheader', {}, find),
    ).toHaveLength(1);
    expect(
      hub.calls.filter(c => c.route === 'listRuns').pop()?.request.query,
    ).toMatchObject({ state: 'failed', offset: '0' });
  });

  it('compares the runs that are ticked, the oldest first', async () => {
    renderPage(<PipelineRoutes />, {
      path: '/ml/pipelines/flight-delay',
      mountPath: '/ml/pipelines/*',
    });
    const tick = async (run: RegExp) =>
      userEvent.click(
        within(await screen.findByRole('row', { name: run }, find)).getByRole(
          'checkbox',
        ),
      );
    await tick(/#47/);
    expect(screen.getByRole('button', { name: 'Compare' })).toBeDisabled();
    await tick(/#45/);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Compare #45, #47' }),
    );
    expect(
      await screen.findByRole('heading', { name: 'Compare runs' }, find),
    ).toBeInTheDocument();
    const head = await screen.findAllByRole('columnheader', {}, find);
    expect(head.slice(1, 3).map(h => h.textContent)).toEqual([
      'Run #45',
      'Run #47',
    ]);
  });

  it('opens the log of a CI job', async () => {
    renderPage(<PipelinePage />, at);
    const [log] = await screen.findAllByRole(
      'button',
      { name: 'Log of test' },
      find,
    );
    await userEvent.click(log);
    expect(
      await screen.findByRole('log', { name: 'Log of test' }, find),
    ).toHaveTextContent('24 trials done');
  });

  it('teaches how the first run comes about', async () => {
    renderPage(<PipelinePage />, {
      ...at,
      answers: { listRuns: () => ({ items: [], total: 0 }) },
    });
    expect(await screen.findByText('No run yet', {}, find)).toBeInTheDocument();
  });
});

describe('PipelinesPage', () => {
  it('shows the last run of each pipeline', async () => {
    renderPage(<PipelinesPage />);
    const row = await screen.findByRole('row', { name: /flight-delay/ }, find);
    expect(within(row).getByRole('link', { name: '#48' })).toHaveAttribute(
      'href',
      '/ml/runs/run-48',
    );
  });

  it('goes to the next page through the URL', async () => {
    const { hub } = renderPage(<PipelinesPage />, {
      path: '/?from=25',
      answers: {
        listPipelines: ({ query }) => ({
          items: [
            {
              name: `p${query.offset}`,
              engine: 'local',
              runs: 0,
              paused: false,
            },
          ],
          total: 60,
        }),
      },
    });
    expect(
      await screen.findByText('26–50 of 60', {}, find),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Next page' }));
    expect(await screen.findByText('p50', {}, find)).toBeInTheDocument();
    expect(
      hub.calls
        .filter(c => c.route === 'listPipelines')
        .map(c => c.request.query.offset),
    ).toEqual(['25', '50']);
  });
});
