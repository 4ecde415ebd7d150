import { endMarked, Mark } from '../processes';
import { MARK_VARIABLE } from './records';

const GRACE_MS = 2_000;
const WITHIN_MS = 5_000;

/** By what the processes of a CI run are found again. */
export function markOf(mark: string): Mark {
  return { variable: MARK_VARIABLE, value: mark };
}

/** Ends every process of a CI run but `except`. @returns whether all have ended within five seconds */
export async function endRun(mark: string, except?: number): Promise<boolean> {
  const left = await endMarked(markOf(mark), {
    graceMs: GRACE_MS,
    withinMs: WITHIN_MS,
    except,
  });
  return left.length === 0;
}
