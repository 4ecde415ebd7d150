import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './settings.mjs';
import { Failure, step } from './terminal.mjs';
import { runToEnd } from './processes.mjs';

function digestOf(files) {
  const hash = createHash('sha256');
  for (const file of files)
    hash.update(file).update('\0').update(readFileSync(file));
  return hash.digest('hex');
}

function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter(
      entry =>
        !['node_modules', 'dist', 'dist-types', '.cache', 'coverage'].includes(
          entry.name,
        ),
    )
    .flatMap(entry =>
      entry.isDirectory()
        ? filesBelow(join(folder, entry.name))
        : [join(folder, entry.name)],
    )
    .sort();
}

const read = file => (existsSync(file) ? readFileSync(file, 'utf8') : '');

/** Installs the locked dependencies unless what is there was made from the same lock file. */
export async function install() {
  const manifests = ['packages', 'plugins']
    .flatMap(folder =>
      readdirSync(join(ROOT, folder)).map(name =>
        join(ROOT, folder, name, 'package.json'),
      ),
    )
    .filter(existsSync);
  const wanted = digestOf([
    join(ROOT, 'yarn.lock'),
    join(ROOT, 'package.json'),
    ...manifests,
  ]);
  const marker = join(ROOT, 'node_modules', '.portal-installed');
  if (read(marker) === wanted) return false;
  await step(
    'Installing dependencies (the first time takes some minutes)',
    async tell => {
      try {
        await runToEnd('yarn', ['install', '--immutable'], {
          cwd: ROOT,
          onLine: line => tell(line.replace(/^➤ YN\d+: /, '')),
        });
      } catch (error) {
        const text = (error.last ?? [])
          .filter(line => !/YN0060|YN0002|YN0086/.test(line))
          .join('\n');
        throw new Failure(reasonOf(text));
      }
      mkdirSync(join(ROOT, 'node_modules'), { recursive: true });
      writeFileSync(marker, wanted);
    },
  );
  return true;
}

function reasonOf(text) {
  if (/ENOSPC/.test(text))
    return 'the disk is full: the installation needs about 3 GB. Free some and start again.';
  const silent = text
    .split('\n')
    .filter(line =>
      /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|YN0035|RequestError/.test(
        line,
      ),
    );
  if (silent.length) {
    return `the npm registry does not answer. Check the network, or npm's registry setting, and start again. Last words: ${silent
      .at(-1)
      .replace(/^➤ YN\d+: [│ ]*/, '')
      .trim()}`;
  }
  return `the dependencies could not be installed:\n${text
    .split('\n')
    .slice(-12)
    .join('\n')}`;
}

/** Builds the pages unless they were built from the same sources. */
export async function buildApp() {
  const sources = [
    'packages/app',
    'plugins/mlops',
    'plugins/mlops-common',
  ].flatMap(folder => filesBelow(join(ROOT, folder)));
  const wanted = digestOf([join(ROOT, 'yarn.lock'), ...sources]);
  const marker = join(ROOT, 'packages/app/dist/.built-from');
  if (read(marker) === wanted) return false;
  await step('Building the pages', async tell => {
    try {
      await runToEnd('yarn', ['workspace', 'app', 'build'], {
        cwd: ROOT,
        env: { ...process.env, NODE_ENV: 'production' },
        onLine: tell,
      });
    } catch (error) {
      throw new Failure(
        `the pages could not be built:\n${(error.last ?? []).join('\n')}`,
      );
    }
    writeFileSync(marker, wanted);
  });
  return true;
}

export function isFolder(path) {
  return existsSync(path) && statSync(path).isDirectory();
}
