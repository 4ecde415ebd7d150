import { execFileSync } from 'node:child_process';
import { Failure } from './terminal.mjs';

/** The training and serving environments need Python 3.10 or newer; uv, which makes them, comes from PyPI. */
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
      'Python is missing; install Python 3.10 or newer (python3) and start again.',
    );
  }
  const [major, minor] = version.split('.').map(Number);
  if (major < 3 || (major === 3 && minor < 10)) {
    throw new Failure(
      `Python ${version} is too old; install Python 3.10 or newer (python3) and start again.`,
    );
  }
  return version;
}
