import { ServiceUnavailableError } from '@backstage/errors';
import { endMarked, markedProcesses } from '../processes';

/** Variable that every process of a run inherits; its value is the run's folder. */
export const RUN_VARIABLE = 'PORTAL_RUN_FOLDER';

const GRACE_MS = 3_000;
const WITHIN_MS = 20_000;

function markOf(runFolder: string) {
  return { variable: RUN_VARIABLE, value: runFolder };
}

/** Numbers of the processes of a run. */
export async function processesOf(runFolder: string): Promise<number[]> {
  return markedProcesses(markOf(runFolder));
}

/** Ends every process of a run. ServiceUnavailableError if some cannot be ended. */
export async function endProcessesOf(runFolder: string, signal: AbortSignal) {
  const left = await endMarked(markOf(runFolder), {
    graceMs: GRACE_MS,
    withinMs: WITHIN_MS,
    signal,
  });
  if (left.length) {
    throw new ServiceUnavailableError(
      `Processes ${left.join(
        ', ',
      )} of the run in ${runFolder} cannot be ended; end them by hand.`,
    );
  }
}
