import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '../portal/settings.mjs';
import { Failure } from '../portal/terminal.mjs';

const run = promisify(execFile);

/** Clones the repository and returns a function that runs its own replay command. */
export async function prepareReplay({ api, name, at }) {
  const endpoint = await api.get(`mlops/endpoints/${name}`);
  const folder = join(mkdtempSync(join(tmpdir(), 'portal-demo-')), name);
  const token = await gitToken(at);
  await run(join(ROOT, 'portal'), ['clone', name, folder], {
    timeout: 60_000,
    env: {
      ...process.env,
      PORTAL_HOME: at.home,
      PORTAL_PORT: new URL(at.url).port,
    },
  }).catch(error => {
    throw new Failure(`the repository could not be cloned: ${error.stderr}`);
  });
  const python = await pythonOf(folder, at);
  const env = {
    ...process.env,
    ENDPOINT_URL: endpoint.url,
    LABELS_URL: `${at.url}/api/mlops/labels/${name}`,
    PORTAL_TOKEN: token,
    OMP_NUM_THREADS: '1',
    PYTHONPATH: join(folder, 'src'),
  };
  const send = ([from, to], rowsPerDay, detail, batch) =>
    replay({
      python,
      folder,
      env,
      args: [from, to, String(rowsPerDay), ...(batch ? [String(batch)] : [])],
      detail,
    });
  // Where it was cloned to and what runs it, for those who want to run something else of it.
  send.repository = { python, folder };
  send.remove = () => rm(dirname(folder), { recursive: true, force: true });
  return send;
}

function replay({ python, folder, env, args, detail }) {
  return new Promise((resolve, reject) => {
    const child = spawn(python, ['replay.py', ...args], { cwd: folder, env });
    let last = '';
    const lines = [];
    const take = chunk => {
      for (const line of String(chunk).split('\n').filter(Boolean)) {
        last = line;
        lines.push(line);
        detail?.(line);
      }
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.on('close', code =>
      code === 0
        ? resolve(last)
        : reject(
            new Failure(
              `replay.py ended with ${code}:\n${lines.slice(-8).join('\n')}`,
            ),
          ),
    );
  });
}

async function gitToken(at) {
  return JSON.parse(readFileSync(join(at.home, 'secrets.json'), 'utf8')).jobs;
}

/** The environment that the portal made from the same requirements, or one made the way the README of the repository says. */
async function pythonOf(folder, at) {
  const digest = createHash('sha256')
    .update(readFileSync(join(folder, 'requirements.txt')))
    .digest('hex');
  const envs = join(at.home, 'envs');
  const candidates = existsSync(envs)
    ? readdirSync(envs)
        .map(name => join(envs, name, 'bin', 'python'))
        .filter(existsSync)
    : [];
  for (const python of candidates) {
    const works = await run(
      python,
      ['-c', 'import pandas, pyarrow, openlineage, lightgbm'],
      { timeout: 60_000 },
    ).then(
      () => true,
      () => false,
    );
    if (works) return python;
  }
  const venv = join(folder, '.venv');
  await run('python3', ['-m', 'venv', venv]);
  await run(
    join(venv, 'bin', 'pip'),
    [
      'install',
      '-q',
      '--require-hashes',
      '-r',
      join(folder, 'requirements.txt'),
    ],
    { timeout: 600_000 },
  ).catch(error => {
    throw new Failure(
      `the environment ${digest.slice(0, 8)} of the replay could not be made: ${
        error.stderr
      }`,
    );
  });
  return join(venv, 'bin', 'python');
}
