import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { join } from 'node:path';
import { NotFoundError } from '@backstage/errors';
import { processEnvironment } from './processEnvironment';

const PROBE = 'import sys; print(sys.executable, *sys.version_info[:2])';
const NAMES = [
  'python3',
  'python3.13',
  'python3.12',
  'python3.11',
  'python3.10',
];
/** The minor versions that the locked packages are made for. */
const OLDEST_MINOR = 10;
const NEWEST_MINOR = 13;
/** What uv brings where the machine has none. */
const BROUGHT = '3.12';
const PROBE_MS = 30_000;
const BRING_MS = 600_000;

export interface PythonSearch {
  home: string;
  /** Path of Python; then no other is looked at. */
  pythonPath?: string;
  uvPath?: string;
}

/**
 * Absolute path of a Python 3.10 to 3.13: the configured one, the first on PATH, or one that uv brings where uv is there but no Python.
 * NotFoundError names what was looked at and what to install.
 */
export async function findPython(
  search: PythonSearch,
  signal: AbortSignal,
): Promise<string> {
  const { pythonPath } = search;
  const seen: string[] = [];
  for (const name of pythonPath ? [pythonPath] : NAMES) {
    const answer = await output(name, ['-c', PROBE], PROBE_MS, signal);
    const found = /^(.+) (\d+) (\d+)$/.exec(answer ?? '');
    if (!found) {
      continue;
    }
    const [, path, major, minor] = found;
    if (
      major === '3' &&
      Number(minor) >= OLDEST_MINOR &&
      Number(minor) <= NEWEST_MINOR
    ) {
      return path;
    }
    seen.push(`${name} is ${major}.${minor}`);
  }
  const brought = pythonPath ? undefined : await bring(search, signal);
  if (brought) {
    return brought;
  }
  signal.throwIfAborted();
  const looked = pythonPath ?? NAMES.join(', ');
  throw new NotFoundError(
    `No Python 3.${OLDEST_MINOR} to 3.${NEWEST_MINOR} was found (looked for ${looked}${
      seen.length ? `; ${seen.join(', ')}` : ''
    }). Install one of them as python3 and start again.`,
  );
}

async function bring(
  search: PythonSearch,
  signal: AbortSignal,
): Promise<string | undefined> {
  const ours = join(search.home, 'tools', 'uv', 'bin', 'uv');
  const installed = await access(ours, constants.X_OK).then(
    () => ours,
    () => 'uv',
  );
  const uv = search.uvPath ?? installed;
  const environment = {
    UV_PYTHON_INSTALL_DIR: join(search.home, 'tools', 'python'),
  };
  const run = (args: string[]) =>
    output(uv, ['python', ...args], BRING_MS, signal, environment);
  if ((await run(['install', BROUGHT])) === undefined) {
    return undefined;
  }
  return run(['find', BROUGHT]);
}

/** What a program prints; undefined if there is no such program or it fails. */
function output(
  program: string,
  args: string[],
  timeout: number,
  signal: AbortSignal,
  environment: Record<string, string> = {},
): Promise<string | undefined> {
  const env = { ...processEnvironment(), ...environment };
  return new Promise(resolve => {
    execFile(program, args, { timeout, signal, env }, (error, stdout) => {
      resolve(error ? undefined : stdout.trim());
    });
  });
}
