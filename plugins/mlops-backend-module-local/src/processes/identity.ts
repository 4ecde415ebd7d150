import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';

/** A process that cannot be mistaken for a later one with the same number, also not after the machine was restarted. */
export const processIdentitySchema = z.object({
  pid: z.number().int().positive(),
  /** Clock ticks between the machine's start and the process's, as /proc tells them. */
  startTicks: z.number(),
  /** Which start of the machine. */
  bootId: z.string(),
});
export type ProcessIdentity = z.infer<typeof processIdentitySchema>;

export interface ProcessFacts {
  pid: number;
  parent: number;
  startTicks: number;
}

const POLL_MS = 25;

/** Undefined if there is no such process, or if it has ended and only waits to be reaped. */
export function readProcess(pid: number): ProcessFacts | undefined {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return undefined;
  }
  // The name in parentheses may hold anything, so count from its end.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields.length < 20 || fields[0] === 'Z' || fields[0] === 'X'
    ? undefined
    : { pid, parent: Number(fields[1]), startTicks: Number(fields[19]) };
}

let boot: string | undefined;

export function bootId(): string {
  boot ??= readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  return boot;
}

/** Identity of a live process; undefined if there is none. */
export function identify(pid: number): ProcessIdentity | undefined {
  const facts = readProcess(pid);
  return facts && { pid, startTicks: facts.startTicks, bootId: bootId() };
}

export function isAlive(identity: ProcessIdentity): boolean {
  return (
    identity.bootId === bootId() &&
    readProcess(identity.pid)?.startTicks === identity.startTicks
  );
}

/** False if there is no such process any more. */
export function send(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

/** Signals the process and its group if it is still the one that was meant. */
export function signalGroup(identity: ProcessIdentity, signal: NodeJS.Signals) {
  if (isAlive(identity) && !send(-identity.pid, signal)) {
    send(identity.pid, signal);
  }
}

/** Ends a process and its group: politely first, by force after `graceMs`. Resolves when the process is gone. */
export async function endProcess(identity: ProcessIdentity, graceMs: number) {
  signalGroup(identity, graceMs > 0 ? 'SIGTERM' : 'SIGKILL');
  const forceAt = Date.now() + graceMs;
  let forced = graceMs <= 0;
  while (isAlive(identity)) {
    if (!forced && Date.now() > forceAt) {
      signalGroup(identity, 'SIGKILL');
      forced = true;
    }
    await sleep(POLL_MS);
  }
}
