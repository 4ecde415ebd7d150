import { screen, within } from '@testing-library/react';
import type {
  LogEvent,
  ScaffolderTask,
} from '@backstage/plugin-scaffolder-react';
import type { RunDetail } from '@mlops-portal/plugin-mlops-common';
import { renderNew, taskStream } from './renderNew';

export const AT = '2026-11-24T10:00:0';
const NAMES: Record<string, string> = {
  plan: 'Read the source again',
  render: 'Render the repository',
  repository: 'Make repository',
  register: 'Register in the catalog',
  'first-run': 'Start the first run',
  undo: 'Take everything back',
};

export const task = {
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
export const told = (
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
export const completed = (body: object): LogEvent =>
  ({
    type: 'completion',
    id: String(++events),
    taskId: 'task-7',
    createdAt: `${AT}9Z`,
    body: { message: 'Run completed', ...body },
  } as unknown as LogEvent);
export const done = (...ids: string[]) => ids.map(id => told(id, 'completed'));

const repository = {
  name: 'late',
  engine: 'local',
  cloneUrl: 'http://git/late.git',
  webUrl: 'http://git/late',
  defaultBranch: 'main',
  headCommit: 'a'.repeat(40),
};
export const run = (changes: Partial<RunDetail> = {}): RunDetail => ({
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

export function renderProgress(
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

export const stepOf = async (title: string) =>
  (await screen.findByText(title)).closest('li')!;
export const stateOf = async (title: string) =>
  within(await stepOf(title))
    .getAllByRole('img')[0]
    .getAttribute('aria-label');
