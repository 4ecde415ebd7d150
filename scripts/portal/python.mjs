import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runToEnd, startDetached } from './processes.mjs';
import { pipSettings } from './pipSettings.mjs';
import { ROOT } from './settings.mjs';
import { Failure, step } from './terminal.mjs';

/** The minor versions of Python 3 that the locked packages of runs and model servers are made for. */
const OLDEST = 10;
const NEWEST = 13;
/** What uv brings where the machine has none that fits. */
const BROUGHT = '3.12';
const WANTED = `Python 3.${OLDEST} to 3.${NEWEST}`;
const NAMES = [
  'python3',
  ...Array.from(
    { length: NEWEST - OLDEST + 1 },
    (_, i) => `python3.${NEWEST - i}`,
  ),
];

/**
 * Path of a Python that fits: the first on PATH, else one that uv brings into the data folder. uv itself comes as a file from
 * the package index that pip is set to. A Failure says in one sentence what was found and what to do.
 */
export async function ensurePython(home, env = process.env) {
  const unfit = [];
  for (const name of NAMES) {
    const found = probe(name, env);
    if (!found) continue;
    if (found.major === 3 && found.minor >= OLDEST && found.minor <= NEWEST)
      return found.path;
    const word = found.minor > NEWEST && found.major === 3 ? 'new' : 'old';
    unfit.push(`Python ${found.major}.${found.minor} (${name}) is too ${word}`);
  }
  const why = unfit.join(', ') || 'Python is missing';
  return broughtPython(home, env) ?? (await bring(home, env, why));
}

function probe(program, env) {
  const line = output(
    program,
    ['-c', 'import sys; print(*sys.version_info[:2], sys.executable)'],
    env,
  );
  const match = /^(\d+) (\d+) (.+)$/.exec(line ?? '');
  return (
    match && {
      major: Number(match[1]),
      minor: Number(match[2]),
      path: match[3],
    }
  );
}

function output(program, args, env) {
  try {
    return execFileSync(program, args, {
      encoding: 'utf8',
      env,
      timeout: 60_000,
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return undefined;
  }
}

const uvOf = home => join(home, 'tools', 'uv', 'bin', 'uv');

/** The backend asks uv with the same settings, so it finds the same Python. */
function uvEnvironment(home, env) {
  return {
    ...env,
    UV_PYTHON_INSTALL_DIR: join(home, 'tools', 'python'),
    UV_CACHE_DIR: join(home, 'cache', 'uv'),
    UV_NO_PROGRESS: '1',
    NO_COLOR: '1',
  };
}

/** A Python that was brought at an earlier start. */
function broughtPython(home, env) {
  const uv = existsSync(uvOf(home)) ? uvOf(home) : 'uv';
  const only = ['--managed-python', '--no-python-downloads'];
  return output(uv, ['python', 'find', BROUGHT, ...only], {
    ...uvEnvironment(home, env),
  });
}

async function bring(home, env, why) {
  const onPath = output('uv', ['--version'], env) !== undefined;
  const uv = onPath ? 'uv' : uvOf(home);
  await step(`Bringing Python ${BROUGHT} (${why})`, async tell => {
    if (!onPath && !existsSync(uv)) await fetchUv(uv, env, why);
    await installPython(uv, home, env, { why, tell });
  });
  const path = broughtPython(home, env);
  if (!path) throw new Failure(advice(why, 'uv brought none'));
  return path;
}

async function fetchUv(uv, env, why) {
  const { indexes, certificate } = pipSettings(env);
  const authorities = env.NODE_EXTRA_CA_CERTS ?? certificate;
  try {
    await runToEnd(
      process.execPath,
      [join(ROOT, 'scripts/portal/fetchUv.mjs'), uv, ...indexes],
      {
        cwd: ROOT,
        env: {
          ...env,
          NODE_USE_ENV_PROXY: '1',
          ...(authorities ? { NODE_EXTRA_CA_CERTS: authorities } : {}),
        },
      },
    );
  } catch (error) {
    const reason = error.last?.at(-1) ?? error.message;
    throw new Failure(advice(why, `uv could not be fetched: ${reason}`));
  }
}

async function installPython(uv, home, env, { why, tell }) {
  try {
    await runToEnd(uv, ['python', 'install', BROUGHT, '--no-bin'], {
      cwd: home,
      env: uvEnvironment(home, env),
      onLine: tell,
    });
  } catch (error) {
    throw new Failure(advice(why, reasonOf(error.last ?? [])));
  }
}

function reasonOf(lines) {
  const text = lines.join(' ');
  const address = /https?:\/\/[^\s`/]+/.exec(text)?.[0];
  return address && /dns|connect|timed out|status|request/i.test(text)
    ? `uv could not fetch one from ${address}`
    : `uv could not bring one: ${text.slice(0, 300)}`;
}

function advice(why, reason) {
  return `${why}, and ${reason}. Install ${WANTED} (python3), or point UV_PYTHON_INSTALL_MIRROR at a mirror of the releases of python-build-standalone, and start again.`;
}

/** Folder of the programs that render documentation; on the portal's PATH. */
export function techdocsBin(home) {
  return join(home, 'tools', 'techdocs', 'bin');
}

/**
 * Makes the environment that renders documentation, in the background: nothing waits for it, and until it is there a
 * documentation page says that it could not be built.
 */
export function prepareTechdocs(home, python) {
  const folder = join(home, 'tools', 'techdocs');
  const done = join(folder, '.complete');
  if (existsSync(done)) return;
  const list = join(ROOT, 'scripts', 'portal', 'techdocs-requirements.txt');
  const script =
    '"$3" -m venv "$0" && "$0/bin/python" -m pip install -q --require-hashes -r "$1" && : > "$2"';
  startDetached('sh', ['-c', script, folder, list, done, python], {
    cwd: home,
    env: process.env,
    logFile: join(home, 'logs', 'techdocs.log'),
  });
}
