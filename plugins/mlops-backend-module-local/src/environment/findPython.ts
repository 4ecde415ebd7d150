import { execFile } from 'node:child_process';
import { NotFoundError } from '@backstage/errors';

const PROBE = 'import sys; print(sys.executable, *sys.version_info[:2])';
const NAMES = [
  'python3',
  'python3.13',
  'python3.12',
  'python3.11',
  'python3.10',
];
const OLDEST_MINOR = 10;

/**
 * Absolute path of a Python >= 3.10: the configured one, or the first on PATH.
 * NotFoundError names what was looked at and what to install.
 */
export async function findPython(
  configured: string | undefined,
  signal: AbortSignal,
): Promise<string> {
  const seen: string[] = [];
  for (const name of configured ? [configured] : NAMES) {
    const answer = await probe(name, signal);
    if (!answer) {
      continue;
    }
    const [path, major, minor] = answer.split(' ');
    if (major === '3' && Number(minor) >= OLDEST_MINOR) {
      return path;
    }
    seen.push(`${name} is ${major}.${minor}`);
  }
  const looked = configured ?? NAMES.join(', ');
  throw new NotFoundError(
    `No Python >= 3.${OLDEST_MINOR} was found (looked for ${looked}${
      seen.length ? `; ${seen.join(', ')}` : ''
    }). Install python3 3.${OLDEST_MINOR} or later and start again.`,
  );
}

function probe(name: string, signal: AbortSignal): Promise<string | undefined> {
  return new Promise(resolve => {
    execFile(
      name,
      ['-c', PROBE],
      { timeout: 30_000, signal },
      (error, stdout) => {
        resolve(error ? undefined : stdout.trim());
      },
    );
  });
}
