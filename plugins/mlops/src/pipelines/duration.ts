import { Run, Step } from '@mlops-portal/plugin-mlops-common';

type Timed = Pick<Run | Step, 'startedAt' | 'finishedAt'>;

/** Seconds from start to end, or to now while it runs; undefined before the start. */
export function secondsOf(work: Timed, now = Date.now()): number | undefined {
  if (!work.startedAt) return undefined;
  const end = work.finishedAt ? Date.parse(work.finishedAt) : now;
  return Math.max(0, (end - Date.parse(work.startedAt)) / 1000);
}
