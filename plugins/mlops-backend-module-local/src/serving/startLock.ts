import { readFile, stat, unlink, writeFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { identify, isAlive, processIdentitySchema } from '../processes';

/** So long the owner may take to write who it is. */
const WRITTEN_MS = 10_000;

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

/** Milliseconds since it was written; 0 if it is gone. */
async function ageOf(path: string): Promise<number> {
  return stat(path).then(
    ({ mtimeMs }) => Date.now() - mtimeMs,
    () => 0,
  );
}

async function isHeld(path: string): Promise<boolean> {
  try {
    const owner = processIdentitySchema.parse(
      JSON.parse(await readFile(path, 'utf8')),
    );
    return isAlive(owner);
  } catch (error) {
    // Gone already, or being written at this moment; who is killed while writing leaves an empty file for good.
    return error instanceof SyntaxError && (await ageOf(path)) < WRITTEN_MS;
  }
}
