import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { startDetached } from './processes.mjs';
import { ROOT } from './settings.mjs';
import { Failure } from './terminal.mjs';

/** The training and serving environments need Python 3.11 or newer; uv, which makes them, comes from PyPI. */
export function checkPython() {
  let version;
  try {
    version = execFileSync(
      'python3',
      ['-c', 'import sys; print("%d.%d" % sys.version_info[:2])'],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
    ).trim();
  } catch {
    throw new Failure(
      'Python is missing; install Python 3.11 or newer (python3) and start again.',
    );
  }
  const [major, minor] = version.split('.').map(Number);
  if (major < 3 || (major === 3 && minor < 11)) {
    throw new Failure(
      `Python ${version} is too old; install Python 3.11 or newer (python3) and start again.`,
    );
  }
  return version;
}

/** Folder of the programs that render documentation; on the portal's PATH. */
export function techdocsBin(home) {
  return join(home, 'tools', 'techdocs', 'bin');
}

/**
 * Makes the environment that renders documentation, in the background: nothing waits for it, and until it is there a
 * documentation page says that it could not be built.
 */
export function prepareTechdocs(home) {
  const folder = join(home, 'tools', 'techdocs');
  const done = join(folder, '.complete');
  if (existsSync(done)) return;
  const list = join(ROOT, 'scripts', 'portal', 'techdocs-requirements.txt');
  const script =
    'python3 -m venv "$0" && "$0/bin/python" -m pip install -q --require-hashes -r "$1" && touch "$2"';
  startDetached('sh', ['-c', script, folder, list, done], {
    cwd: home,
    env: process.env,
    logFile: join(home, 'logs', 'techdocs.log'),
  });
}
