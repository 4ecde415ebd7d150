import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { ROOT, secrets, settings } from './settings.mjs';
import { Failure } from './terminal.mjs';

/** The address of a repository, asked from the portal that keeps it. Failure where it does not run or has no such repository. */
async function cloneUrlOf(name, at) {
  if (!existsSync(join(at.home, 'secrets.json')))
    throw new Failure(
      `no portal answers at ${at.url} (${at.home} holds none); run ./portal start first.`,
    );
  const response = await fetch(
    `${at.url}/api/mlops/repositories/${encodeURIComponent(name)}`,
    {
      headers: { authorization: `Bearer ${secrets(at.home).scripts}` },
      signal: AbortSignal.timeout(10_000),
    },
  ).catch(error => {
    throw new Failure(
      `no portal answers at ${at.url} (${
        error.cause?.code ?? error.name
      }); run ./portal start first.`,
    );
  });
  if (response.status === 404)
    throw new Failure(
      `there is no repository "${name}"; the problems of this portal are at ${at.url}/ml/problems.`,
    );
  if (!response.ok)
    throw new Failure(
      `${at.url} answers ${response.status} for the repository "${name}"; see ${at.logFile}.`,
    );
  return (await response.json()).cloneUrl;
}

/** An environment that CI made for this repository, which saves making another one. */
function environmentOf(name, at) {
  const envs = join(at.home, 'envs');
  const made = existsSync(envs)
    ? readdirSync(envs).find(entry => entry.startsWith(`${name}-`))
    : undefined;
  return made && join(envs, made, 'bin', 'python');
}

const quoted = text => `'${text.replaceAll("'", String.raw`'\''`)}'`;

/**
 * Clones the repository of a problem so that pull and push work without a question: git asks the data folder of the portal
 * for the token each time, so none is written into the clone.
 */
export async function run([name, folder]) {
  if (!name)
    throw new Failure(
      'say which: ./portal clone NAME [FOLDER], NAME being that of the problem.',
    );
  const at = settings();
  const url = await cloneUrlOf(name, at);
  const target = resolve(
    process.env.PORTAL_CALLED_FROM ?? process.cwd(),
    folder ?? basename(name),
  );
  const helper = `!${[
    process.execPath,
    join(ROOT, 'scripts/portal/gitCredential.mjs'),
    join(at.home, 'secrets.json'),
  ]
    .map(quoted)
    .join(' ')}`;
  const key = `credential.${new URL(url).origin}.helper`;
  // The empty value sets aside whatever helper the machine has for all hosts.
  const { status } = spawnSync(
    'git',
    ['clone', '-c', `${key}=`, '-c', `${key}=${helper}`, '--', url, target],
    { stdio: 'inherit' },
  );
  if (status !== 0)
    throw new Failure(`git could not clone ${url} into ${target}; see above.`);
  const python = environmentOf(name, at);
  console.log(`
The repository is in ${target}. Push to it, and its CI starts: ${
    at.url
  }/ml/pipelines/${encodeURIComponent(name)}${
    python ? `\n  python: ${python}` : ''
  }`);
  return 0;
}
