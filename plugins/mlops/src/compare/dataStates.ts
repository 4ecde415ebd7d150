import { DatasetVersion } from '@mlops-portal/plugin-mlops-common';

/** What a run or a version says of the data it read. */
export interface DataSide {
  name: string;
  runId?: string;
  /** Digest of the source. */
  digest?: string;
}

/** Name of the data of a problem, a pipeline or a model. */
export function dataOf(problem: string): string {
  return `${problem}-data`;
}

/**
 * The state of the data that a side read: the one that its run read last, else the only one of its digest. A digest alone
 * may stand for several states, as one source is read window by window.
 */
export function stateOf(
  side: DataSide,
  states: DatasetVersion[],
): DatasetVersion | undefined {
  const byRun = states.find(({ run }) => run.id === side.runId);
  if (byRun) return byRun;
  const same = states.filter(({ digest }) => digest === side.digest);
  return same.length === 1 ? same[0] : undefined;
}

/** Days from the end of one window to the end of another; undefined where one has no end, 0 where they are the same. */
export function daysLater(
  before: DatasetVersion,
  after: DatasetVersion,
): number | undefined {
  const [from, to] = [before.window.to, after.window.to];
  if (!from || !to) return undefined;
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}
