import { promises as fs } from 'node:fs';
import path from 'node:path';
import { ServiceUnavailableError } from '@backstage/errors';
import { gitText } from './git';

/** `git init --initial-branch` came with it. */
const OLDEST = [2, 28];

/** Whether a version as git prints it is new enough. */
export function isNewEnough(version: string): boolean {
  const [major, minor] = version.split('.').map(Number);
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
}

/**
 * The version of this machine's git. ServiceUnavailableError, with what to do, if there is none, if it is too old, or if its
 * `http-backend` is missing, which some systems keep in a package of its own.
 */
export async function checkGit(signal?: AbortSignal): Promise<string> {
  const [said, programs] = await Promise.all([
    gitText(['version'], { signal }),
    gitText(['--exec-path'], { signal }),
  ]).catch(error => {
    signal?.throwIfAborted();
    throw new ServiceUnavailableError(
      'git cannot be started on this machine; install it',
      error,
    );
  });
  const version = /\d+(\.\d+)+/.exec(said)?.[0] ?? said;
  if (!isNewEnough(version)) {
    throw new ServiceUnavailableError(
      `git ${version} on this machine is too old; install ${OLDEST.join(
        '.',
      )} or later`,
    );
  }
  await fs.access(path.join(programs, 'git-http-backend')).catch(error => {
    throw new ServiceUnavailableError(
      "git's http-backend is missing on this machine, so repositories cannot be cloned or pushed; install the package that holds it (git-daemon on Alpine)",
      error,
    );
  });
  return version;
}
