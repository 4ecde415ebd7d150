import { useEffect, useState } from 'react';
import { useTaskEventStream } from '@backstage/plugin-scaffolder-react';
import {
  isFinal,
  ProblemFormInput,
  WorkState,
} from '@mlops-portal/plugin-mlops-common';
import { useHub } from '../../hooks';
import { filesOf, madeOf, reasonOf } from './log';

const REFRESH_MS = 2500;
/** Of the runs and CI pipelines of the problem, newest first. */
const MOST = 100;
/** Steps of the template that are shown as something else: the run itself, and what happens only after a failure. */
const HIDDEN = ['first-run', 'undo'];

export type Outcome = 'making' | 'made' | 'failed' | 'stopped';

const STATES: Record<string, WorkState> = {
  open: 'waiting',
  processing: 'running',
  completed: 'succeeded',
  failed: 'failed',
  cancelled: 'stopped',
  skipped: 'skipped',
};

export interface MakingStep {
  id: string;
  title: string;
  state: WorkState;
  startedAt?: string;
  endedAt?: string;
  log: string[];
  /** What the step made: so many files, or the last thing it told; neither while it runs. */
  files?: number;
  made?: string;
  reason?: string;
}

/** Progress of one creation: the scaffolder's task, then CI and the first run of the repository it made. */
export function useMaking(taskId: string) {
  const stream = useTaskEventStream(taskId);
  const form = stream.task?.spec.parameters as ProblemFormInput | undefined;
  const steps: MakingStep[] = (stream.task?.spec.steps ?? []).map(step => {
    const seen = stream.steps[step.id];
    const log = stream.stepLogs[step.id] ?? [];
    const state = STATES[seen?.status ?? 'open'] ?? 'unknown';
    return {
      id: step.id,
      title: step.name,
      // A cancelled task tells no step that it was.
      state: stream.cancelled && state === 'running' ? 'stopped' : state,
      startedAt: seen?.startedAt,
      endedAt: seen?.endedAt,
      log,
      ...(state === 'succeeded' && {
        files: filesOf(log),
        made: madeOf(log),
      }),
      reason: state === 'failed' ? reasonOf(log) : undefined,
    };
  });
  const stateOf = (id: string) => steps.find(s => s.id === id)?.state;
  const failed = steps.some(s => s.state === 'failed');
  let outcome: Outcome = 'making';
  if (stream.cancelled) outcome = 'stopped';
  else if (stream.completed) outcome = failed ? 'failed' : 'made';

  const repositoryMade = stateOf('repository') === 'succeeded';
  const takenBack = stateOf('undo') === 'succeeded';
  const name = form?.name ?? '';
  const exists = repositoryMade && !takenBack;
  return {
    loading: stream.loading,
    error: stream.error,
    task: stream.task,
    form,
    name,
    steps: steps.filter(
      s =>
        !HIDDEN.includes(s.id) ||
        (s.id === 'undo' && s.state !== 'waiting' && s.state !== 'skipped'),
    ),
    outcome,
    takenBack,
    /** The task made a repository and it has not been taken back. */
    exists,
    registered: stateOf('register') === 'succeeded' && exists,
    ...useFirstRun(name, exists, stream.task?.createdAt),
  };
}

/** CI, first run and repository of a new problem, asked again until the run has ended. */
function useFirstRun(name: string, enabled: boolean, since = '') {
  const [ended, setEnded] = useState(false);
  const refreshMs = ended ? undefined : REFRESH_MS;
  const repository = useHub(
    (client, signal) => client.getRepository({ name }, { signal }),
    ['repository', name],
    { enabled },
  );
  const page = { name, limit: MOST };
  const ci = useHub(
    async (client, signal) =>
      firstSince(since, (await client.listCiPipelines(page, { signal })).items),
    ['ci', name, since],
    { enabled, refreshMs },
  ).value;
  const runs = useHub(
    async (client, signal) =>
      firstSince(since, (await client.listRuns(page, { signal })).items) ??
      null,
    ['runs', name, since],
    { enabled, refreshMs },
  );
  const id = runs.value?.id;
  const run = useHub(
    (client, signal) => client.getRun({ id: id! }, { signal }),
    ['run', id],
    { enabled: Boolean(id), refreshMs },
  ).value;
  const final = Boolean(run && isFinal(run.state));
  useEffect(() => setEnded(final), [final]);
  return { repository: repository.value, ci, run };
}

/** The first of what began after the creation did: the problem may have run again since, and its name may be used anew. */
function firstSince<T extends { createdAt: string }>(
  since: string,
  newestFirst: T[],
): T | undefined {
  return newestFirst
    .filter(({ createdAt }) => Date.parse(createdAt) >= Date.parse(since))
    .at(-1);
}
