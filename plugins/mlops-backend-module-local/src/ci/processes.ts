import { promises as fs } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { MARK_VARIABLE } from './records';

const END_TRIES = 50;
const BETWEEN_TRIES_MS = 100;
/** Processes get this long to end by themselves. */
const GRACE_TRIES = 20;

/** Start time of a process in clock ticks since boot, or undefined if there is none (a zombie counts as none). */
export async function startTimeOf(pid: number): Promise<string | undefined> {
  try {
    const stat = await fs.readFile(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? undefined : fields[19];
  } catch {
    return undefined;
  }
}

/** Whether the very process still lives that was started then. */
export async function isAlive(of: {
  pid: number;
  startedAt: string;
}): Promise<boolean> {
  return (await startTimeOf(of.pid)) === of.startedAt;
}

/** Numbers of all processes that carry the mark of a run in their environment. */
export async function markedProcesses(mark: string): Promise<number[]> {
  const wanted = `${MARK_VARIABLE}=${mark}`;
  const found: number[] = [];
  for (const entry of await fs.readdir('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const pid = Number(entry);
    const environment = await fs
      .readFile(`/proc/${entry}/environ`, 'utf8')
      .catch(() => '');
    if (
      environment.split('\0').includes(wanted) &&
      (await startTimeOf(pid)) !== undefined
    )
      found.push(pid);
  }
  return found;
}

/** The process of a run whose command line names this file. */
export async function findMarked(
  mark: string,
  file: string,
): Promise<{ pid: number; startedAt: string } | undefined> {
  for (const pid of await markedProcesses(mark)) {
    const command = await fs
      .readFile(`/proc/${pid}/cmdline`, 'utf8')
      .catch(() => '');
    const startedAt = await startTimeOf(pid);
    if (command.split('\0').includes(file) && startedAt !== undefined)
      return { pid, startedAt };
  }
  return undefined;
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended meanwhile.
  }
}

/**
 * Ends every process of a run: first politely, after two seconds by force, until none is left. `except` is left alone.
 * @returns whether all have ended within five seconds
 */
export async function endMarked(mark: string, except = 0): Promise<boolean> {
  for (let tried = 0; tried < END_TRIES; tried++) {
    const left = (await markedProcesses(mark)).filter(pid => pid !== except);
    if (left.length === 0) return true;
    for (const pid of left)
      signal(pid, tried < GRACE_TRIES ? 'SIGTERM' : 'SIGKILL');
    await delay(BETWEEN_TRIES_MS);
  }
  return false;
}
