import { readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { processesOf } from '../../scripts/portal/processes.mjs';

/** Every process that works for the portal, with its command line and folder. */
export function commandsOf(home) {
  return processesOf(home).map(pid => ({
    pid,
    command: readOr(() =>
      readFileSync(`/proc/${pid}/cmdline`, 'utf8'),
    ).replaceAll('\0', ' '),
    folder: readOr(() => readlinkSync(`/proc/${pid}/cwd`)),
  }));
}

/** The processes of one run. */
export function commandsOfRun(home, runId) {
  return commandsOf(home).filter(({ command, folder }) =>
    `${command} ${folder}`.includes(runId),
  );
}

/** Looks many times a second, for moments that do not last; fails after the time limit. */
export async function momentOf(what, look, seconds = 120) {
  for (
    const end = Date.now() + seconds * 1000;
    Date.now() < end;
    await pause(20)
  ) {
    const seen = await look();
    if (seen) return seen;
  }
  throw new Error(`${what} was not seen within ${seconds} s`);
}

function readOr(read) {
  try {
    return read();
  } catch {
    return '';
  }
}
