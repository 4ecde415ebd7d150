import { spawn } from 'node:child_process';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import { processEnvironment, PythonEnvironments } from '../environment';
import { RUN_VARIABLE } from './runProcesses';
import { RunFolder } from './RunFolder';

const START_MS = 60_000;
const POLL_MS = 50;

/**
 * Starts the supervisor of a run in a session of its own and returns once it has said who it is, so that from then on the run
 * can be found by anyone. ServiceUnavailableError if it does not come up.
 */
export async function launch(
  folder: RunFolder,
  options: { home: string; environments: PythonEnvironments },
  signal: AbortSignal,
) {
  const program = resolvePackagePath(
    '@mlops-portal/plugin-mlops-backend-module-local',
    'python/runner/supervise.py',
  );
  const python = await options.environments.interpreter(signal);
  const output = await open(join(folder.path, 'supervisor.log'), 'a', 0o600);
  try {
    const child = spawn(
      python,
      [
        '-X',
        `pycache_prefix=${join(options.home, 'cache', 'bytecode')}`,
        program,
        folder.path,
      ],
      {
        cwd: folder.path,
        detached: true,
        stdio: ['ignore', output.fd, output.fd],
        env: { ...processEnvironment(), [RUN_VARIABLE]: folder.path },
      },
    );
    child.unref();
    let gone: string | undefined;
    child.on('error', error => {
      gone = error.message;
    });
    child.on('exit', code => {
      // Code 0 at once: another caller has started it a moment before.
      gone = code === 0 ? undefined : `it ended with code ${code}`;
    });
    for (const end = Date.now() + START_MS; Date.now() < end; ) {
      if ((await folder.process()) || (await folder.outcome())) {
        return;
      }
      if (gone) {
        break;
      }
      await sleep(POLL_MS, undefined, { signal });
    }
    throw new ServiceUnavailableError(
      `The process of the run in ${folder.path} did not come up: ${
        gone ?? `no sign of it within ${START_MS / 1000} s`
      }; see supervisor.log there.`,
    );
  } finally {
    await output.close();
  }
}
