import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { ServiceUnavailableError } from '@backstage/errors';
import { z } from 'zod';

/** A process and its start, which tells it from a later process with the same number. */
export const processIdentitySchema = z.object({
  pid: z.number().int().positive(),
  /** Clock ticks since the machine's start. */
  startTicks: z.number(),
  bootId: z.string(),
});
export type ProcessIdentity = z.infer<typeof processIdentitySchema>;

/** Variable that every process of a run inherits; its value is the run's folder. */
export const RUN_VARIABLE = 'PORTAL_RUN_FOLDER';

const KIND_MS = 3_000;
const POLL_MS = 100;
const GIVE_UP_MS = 20_000;

interface ProcessFacts {
  pid: number;
  parent: number;
  state: string;
  startTicks: number;
}

export async function isAlive(identity: ProcessIdentity): Promise<boolean> {
  const facts = await readProcess(identity.pid);
  return (
    facts !== undefined &&
    facts.state !== 'Z' &&
    facts.startTicks === identity.startTicks &&
    identity.bootId === (await bootId())
  );
}

export async function bootId(): Promise<string> {
  return (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim();
}

/** Processes that carry the run's variable, and all their descendants. */
export async function processesOf(runFolder: string): Promise<number[]> {
  const marker = `${RUN_VARIABLE}=${runFolder}\0`;
  const facts = await allProcesses();
  const found = new Set<number>();
  for (const { pid } of facts) {
    const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(
      () => '',
    );
    if (environment.includes(marker)) {
      found.add(pid);
    }
  }
  for (let size = -1; size !== found.size; ) {
    size = found.size;
    for (const { pid, parent } of facts) {
      if (found.has(parent)) {
        found.add(pid);
      }
    }
  }
  return [...found];
}

/**
 * Ends every process of a run: asks, waits three seconds, then kills. Returns when none is left.
 * ServiceUnavailableError if some cannot be ended.
 */
export async function endProcesses(runFolder: string, signal: AbortSignal) {
  const begun = Date.now();
  for (;;) {
    const left = await processesOf(runFolder);
    if (!left.length) {
      return;
    }
    if (Date.now() - begun > GIVE_UP_MS) {
      throw new ServiceUnavailableError(
        `Processes ${left.join(
          ', ',
        )} of the run in ${runFolder} cannot be ended; end them by hand.`,
      );
    }
    const kind = Date.now() - begun > KIND_MS ? 'SIGKILL' : 'SIGTERM';
    left.forEach(pid => send(pid, kind));
    await sleep(POLL_MS, undefined, { signal });
  }
}

/** False if there is no such process any more. */
export function send(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

async function allProcesses(): Promise<ProcessFacts[]> {
  const names = (await readdir('/proc')).filter(name => /^\d+$/.test(name));
  const facts = await Promise.all(names.map(name => readProcess(Number(name))));
  return facts.filter(
    (fact): fact is ProcessFacts => fact !== undefined && fact.state !== 'Z',
  );
}

async function readProcess(pid: number): Promise<ProcessFacts | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // The name before it is in parentheses and may hold blanks.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields.length < 20
    ? undefined
    : {
        pid,
        state: fields[0],
        parent: Number(fields[1]),
        startTicks: Number(fields[19]),
      };
}
