import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type {
  LogEvent,
  ScaffolderTask,
} from '@backstage/plugin-scaffolder-react';
import type { RunDetail } from '@mlops-portal/plugin-mlops-common';
import { renderNew, taskStream } from '../__testUtils__/renderNew';

jest.setTimeout(120_000);

const AT = '2026-11-24T10:00:0';
const NAMES: Record<string, string> = {
  plan: 'Read the source again',
  render: 'Render the repository',
  repository: 'Make repository',
  register: 'Register in the catalog',
  'first-run': 'Start the first run',
  undo: 'Take everything back',
};

const task = {
  id: 'task-7',
  spec: {
    parameters: { name: 'late', owner: 'group:default/ml' },
    user: { ref: 'user:default/ann' },
    steps: Object.entries(NAMES).map(([id, name]) => ({
      id,
      name,
      action: 'x',
    })),
  },
  status: 'processing',
  createdAt: `${AT}0Z`,
  lastHeartbeatAt: `${AT}0Z`,
} as unknown as ScaffolderTask;

let events = 0;
const told = (
  stepId: string,
  status: string,
  message = `step ${status}`,
): LogEvent =>
  ({
    type: 'log',
    id: String(++events),
    taskId: 'task-7',
    createdAt: `${AT}${events % 10}Z`,
    body: { stepId, status, message },
  } as unknown as LogEvent);
const completed = (body: object): LogEvent =>
  ({
    type: 'completion',
    id: String(++events),
    taskId: 'task-7',
    createdAt: `${AT}9Z`,
    body: { message: 'Run completed', ...body },
  } as unknown as LogEvent);
const done = (...ids: string[]) => ids.map(id => told(id, 'completed'));

const repository = {
  name: 'late',
  engine: 'local',
  cloneUrl: 'http://git/late.git',
  webUrl: 'http://git/late',
  defaultBranch: 'main',
  headCommit: 'a'.repeat(40),
};
const run = (changes: Partial<RunDetail> = {}): RunDetail => ({
  id: 'r1',
  number: 1,
  pipeline: 'late',
  engine: 'local',
  state: 'running',
  trigger: 'commit',
  actor: 'user:default/ann',
  commit: 'a'.repeat(40),
  parameters: {},
  createdAt: `${AT}5Z`,
  steps: [
    {
      id: 'extract',
      name: 'extract',
      state: 'succeeded',
      cached: false,
      dependsOn: [],
      inputs: {},
      outputs: {},
    },
    {
      id: 'tune',
      name: 'tune',
      state: 'running',
      cached: false,
      dependsOn: ['extract'],
      inputs: {},
      outputs: {},
    },
  ],
  trials: [],
  engineLinks: [],
  usual: { seconds: 225, runs: 31 },
  ...changes,
});

function renderProgress(
  given: LogEvent[],
  options: Parameters<typeof renderNew>[0] = {},
) {
  const stream = taskStream(given);
  const scaffolder = {
    getTask: jest.fn(async (_: string) => task),
    scaffold: jest.fn(async () => ({ taskId: 'task-8' })),
    streamLogs: stream.streamLogs,
    retry: jest.fn(async () => ({ id: 'task-7' })),
    cancelTask: jest.fn(async () => ({})),
    ...options.scaffolder,
  };
  const view = renderNew({
    ...options,
    path: '/task-7',
    scaffolder,
    answers: {
      getRepository: () => repository,
      listCiPipelines: () => ({ items: [], total: 0 }),
      listRuns: () => ({ items: [], total: 0 }),
      ...options.answers,
    },
  });
  return { ...view, stream, scaffolder };
}

const stepOf = async (title: string) =>
  (await screen.findByText(title)).closest('li')!;
const stateOf = async (title: string) =>
  within(await stepOf(title))
    .getAllByRole('img')[0]
    .getAttribute('aria-label');

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
    expect(screen.getByRole('link', { name: 'late #1' })).toHaveAttribute(
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
