import { rmSync, statSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { livePid, startTicks } from './processes.mjs';

/** So long a holder may take to write who it is. */
const WRITTEN_MS = 5000;

/** Runs `work` while no other command holds the lock; `waiting` is told once who does. A holder that was killed counts for nothing. */
export async function withStartLock(file, waiting, work) {
  const own = JSON.stringify({
    pid: process.pid,
    ticks: startTicks(process.pid),
  });
  for (let told = false; !take(file, own); await pause(200)) {
    const holder = livePid(file);
    // A lock with a dead holder's name in it is old too: nobody starts for less.
    if (!holder && ageOf(file) > WRITTEN_MS) rmSync(file, { force: true });
    if (holder && !told) {
      told = true;
      waiting(holder);
    }
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

function take(file, text) {
  try {
    writeFileSync(file, text, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

function ageOf(file) {
  try {
    return Date.now() - statSync(file).mtimeMs;
  } catch {
    return 0;
  }
}
