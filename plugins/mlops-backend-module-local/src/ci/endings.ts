import { isFinal } from '@mlops-portal/plugin-mlops-common';
import { isDiskFull } from '@mlops-portal/plugin-mlops-node';
import { Ending, JobRecord } from './records';

export const DIED =
  "the portal's machine stopped or ended the run while CI ran; push again or rerun";

/** An end that was decided before or instead of the executor. */
export class EarlyEnd extends Error {
  constructor(readonly state: Ending['state'], reason: string) {
    super(reason);
  }
}

/** Why a CI pipeline ended, in one line. */
export function reasonOf(why: unknown): string {
  if (isDiskFull(why)) {
    return 'the disk of the data folder is full; free space on it and run CI again';
  }
  return why instanceof Error ? why.message : String(why);
}

/** A job as it stands once its pipeline has ended. */
export function closeJob(job: JobRecord, ending: Ending): JobRecord {
  if (isFinal(job.state)) return job;
  if (job.state === 'waiting') return { ...job, state: 'skipped' };
  const state = ending.state === 'stopped' ? 'stopped' : 'failed';
  return { ...job, state, finishedAt: ending.finishedAt };
}
