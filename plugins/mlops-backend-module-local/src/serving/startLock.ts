import { readFile, unlink, writeFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import {
  identify,
  isAlive,
  processIdentitySchema,
} from '../gateway/processIdentity';

/**
 * Runs one starter at a time, also across processes. A lock whose owner has ended counts for nothing. Two starters that
 * clear such a lock at the same moment could both go on; the port, which only one gateway can have, decides then.
 */
export async function withStartLock<T>(
  path: string,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T> {
  const owner = JSON.stringify(identify(process.pid));
  for (;;) {
    signal.throwIfAborted();
    try {
      await writeFile(path, owner, { flag: 'wx', mode: 0o600 });
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
        throw error;
      }
    }
    if (!(await isHeld(path))) {
      await unlink(path).catch(() => {});
    } else {
      await wait(100, undefined, { signal });
    }
  }
  try {
    return await work();
  } finally {
    await unlink(path).catch(() => {});
  }
}

async function isHeld(path: string): Promise<boolean> {
  try {
    const owner = processIdentitySchema.parse(
      JSON.parse(await readFile(path, 'utf8')),
    );
    return isAlive(owner);
  } catch (error) {
    // Gone already, or being written at this moment.
    return error instanceof SyntaxError;
  }
}
