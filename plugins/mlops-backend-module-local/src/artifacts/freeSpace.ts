import { statfs } from 'node:fs/promises';
import { ServiceUnavailableError } from '@backstage/errors';

/** Below this the portal's databases and logs have no room either. */
const LEAST_BYTES = 50_000_000;

/** ServiceUnavailableError, with what to do, if hardly anything can be written in the folder any more. */
export async function checkFreeSpace(folder: string, least = LEAST_BYTES) {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  if (free < least) {
    throw new ServiceUnavailableError(
      `The disk of ${folder} is full (${Math.floor(
        free / 1e6,
      )} MB are left). Free space on it; docs/operating.md says what may go.`,
    );
  }
}
