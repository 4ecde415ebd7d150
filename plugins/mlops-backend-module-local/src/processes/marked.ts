import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  identify,
  ProcessFacts,
  ProcessIdentity,
  readProcess,
  send,
} from './identity';

/** A variable that the first process of a piece of work gets and every later one inherits. */
export interface Mark {
  variable: string;
  value: string;
}

const POLL_MS = 100;

/**
 * Numbers of the live processes that carry the mark in their environment, and of all their descendants, also of those that have
 * changed their environment. Who has both another environment and a parent that has ended is not found.
 */
export async function markedProcesses(mark: Mark): Promise<number[]> {
  const facts = await allProcesses();
  const found = new Set<number>();
  for (const { pid } of facts) {
    if (await carries(pid, mark)) found.add(pid);
  }
  for (let size = -1; size !== found.size; ) {
    size = found.size;
    for (const { pid, parent } of facts) {
      if (found.has(parent)) found.add(pid);
    }
  }
  return [...found];
}

/** The marked process whose command line names this file. */
export async function findMarked(
  mark: Mark,
  file: string,
): Promise<ProcessIdentity | undefined> {
  for (const pid of await markedProcesses(mark)) {
    const identity = identify(pid);
    const command = await textOf(pid, 'cmdline');
    if (identity && command.split('\0').includes(file)) return identity;
  }
  return undefined;
}

export interface Ending {
  /** So long processes may end by themselves. */
  graceMs: number;
  /** After so long no more is tried. */
  withinMs: number;
  /** Number of a process that is left alone. */
  except?: number;
  signal?: AbortSignal;
}

/** Ends every marked process, politely first, then by force. Gives those that are left after `withinMs`: usually none. */
export async function endMarked(mark: Mark, ending: Ending): Promise<number[]> {
  const begun = Date.now();
  for (;;) {
    const left = (await markedProcesses(mark)).filter(
      pid => pid !== ending.except,
    );
    const passed = Date.now() - begun;
    if (!left.length || passed > ending.withinMs) return left;
    const kind = passed > ending.graceMs ? 'SIGKILL' : 'SIGTERM';
    for (const pid of left) send(pid, kind);
    await sleep(POLL_MS, undefined, { signal: ending.signal });
  }
}

async function carries(pid: number, { variable, value }: Mark) {
  const environment = await textOf(pid, 'environ');
  return environment.split('\0').includes(`${variable}=${value}`);
}

async function textOf(pid: number, file: string): Promise<string> {
  return readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '');
}

async function allProcesses(): Promise<ProcessFacts[]> {
  const names = (await readdir('/proc')).filter(name => /^\d+$/.test(name));
  return names
    .map(name => readProcess(Number(name)))
    .filter(facts => facts !== undefined);
}
