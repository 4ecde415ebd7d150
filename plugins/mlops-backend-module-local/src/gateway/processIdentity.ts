import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** A process that cannot be mistaken for a later one with the same id. */
export const processIdentitySchema = z.object({
  pid: z.number().int().positive(),
  /** Start time in clock ticks since boot, as /proc tells it. */
  startTime: z.string(),
});
export type ProcessIdentity = z.infer<typeof processIdentitySchema>;

interface ProcessStat {
  state: string;
  startTime: string;
}

function readStat(pid: number): ProcessStat | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may hold anything, so count from its end.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { state: fields[0], startTime: fields[19] };
  } catch {
    return undefined;
  }
}

/** Identity of a live process; undefined if there is none or it has ended and only waits to be reaped. */
export function identify(pid: number): ProcessIdentity | undefined {
  const stat = readStat(pid);
  return stat && stat.state !== 'Z' && stat.state !== 'X'
    ? { pid, startTime: stat.startTime }
    : undefined;
}

export function isAlive(identity: ProcessIdentity): boolean {
  return identify(identity.pid)?.startTime === identity.startTime;
}

/** Signals the process group if the process is still the one that was meant. */
export function signalGroup(identity: ProcessIdentity, signal: NodeJS.Signals) {
  if (!isAlive(identity)) {
    return;
  }
  try {
    process.kill(-identity.pid, signal);
  } catch {
    try {
      process.kill(identity.pid, signal);
    } catch {
      // It ended in between.
    }
  }
}

/** Ends a process: politely first, by force after `graceMs`. Resolves when it is gone. */
export async function endProcess(identity: ProcessIdentity, graceMs: number) {
  signalGroup(identity, graceMs > 0 ? 'SIGTERM' : 'SIGKILL');
  const forceAt = Date.now() + graceMs;
  let forced = graceMs <= 0;
  while (isAlive(identity)) {
    if (!forced && Date.now() > forceAt) {
      signalGroup(identity, 'SIGKILL');
      forced = true;
    }
    await new Promise(resolve => setTimeout(resolve, 25));
  }
}
