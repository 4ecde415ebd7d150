import { execFile } from 'node:child_process';
import { promises as fs, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { entryPoint } from './entryPoint';
import { ListedJob, parseJobList } from './jobList';

const LIST_TIMEOUT_MS = 60_000;
/** Jobs of one pipeline at the same time. */
const CONCURRENT_JOBS = 2;

/** Variables that we set knowingly although the executor has values of its own for them. */
const OURS = [
  'CI',
  'GITLAB_CI',
  'CI_PIPELINE_ID',
  'CI_PIPELINE_IID',
  'CI_PIPELINE_URL',
  'CI_PIPELINE_SOURCE',
  'CI_COMMIT_SHA',
  'CI_COMMIT_SHORT_SHA',
  'CI_COMMIT_BRANCH',
  'CI_COMMIT_REF_NAME',
  'CI_COMMIT_TIMESTAMP',
  'CI_COMMIT_TITLE',
  'CI_COMMIT_MESSAGE',
  'CI_COMMIT_DESCRIPTION',
  'CI_DEFAULT_BRANCH',
  'CI_PROJECT_NAME',
  'CI_PROJECT_TITLE',
  'CI_PROJECT_PATH',
  'CI_PROJECT_PATH_SLUG',
  'CI_PROJECT_URL',
  'CI_PROJECT_DIR',
];

function program(): string {
  return require.resolve('gitlab-ci-local');
}

/** Version of the executor that is installed. */
export function executorVersion(): string {
  const file = path.join(path.dirname(program()), '..', 'package.json');
  return z
    .object({ version: z.string() })
    .parse(JSON.parse(readFileSync(file, 'utf8'))).version;
}

/** Program and arguments that run a checked-out commit. `home` is an empty folder, so that nobody's own settings count. */
export function executorCommand(home: string): string[] {
  return [
    process.execPath,
    program(),
    '--home',
    home,
    '--force-shell-executor',
    '--shell-isolation',
    '--artifacts-to-source=false',
    // It compares with a branch of the remote; a push to the default branch would never count as a change.
    '--evaluate-rule-changes=false',
    '--concurrency',
    String(CONCURRENT_JOBS),
    '--color=false',
    '--timestamps',
    '--ignore-predefined-vars',
    OURS.join(','),
  ];
}

/**
 * Puts the executor's copy program into `<root>/.tools` under the name by which it calls it.
 * @returns the folder
 */
export async function installTools(root: string): Promise<string> {
  const folder = path.join(root, '.tools');
  const quote = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
  const words = [process.execPath, ...entryPoint('ci-copy')].map(quote);
  await fs.mkdir(folder, { recursive: true, mode: 0o700 });
  const file = path.join(folder, 'rsync');
  await fs.writeFile(file, `#!/bin/sh\nexec ${words.join(' ')} "$@"\n`);
  await fs.chmod(file, 0o700);
  return folder;
}

/** Jobs of a checked-out commit. Rejects with the executor's own words when `.gitlab-ci.yml` cannot be used. */
export async function listJobs(
  workFolder: string,
  home: string,
  environment: Record<string, string>,
  signal: AbortSignal,
): Promise<ListedJob[]> {
  const [node, ...args] = executorCommand(home);
  const json = await new Promise<string>((resolve, reject) => {
    execFile(
      node,
      [...args, '--list-json'],
      {
        cwd: workFolder,
        env: environment,
        signal,
        timeout: LIST_TIMEOUT_MS,
        maxBuffer: 16 * 1024 * 1024,
      },
      (error, stdout, stderr) => {
        if (!error) resolve(stdout);
        else reject(new Error(explain(stderr) || error.message));
      },
    );
  });
  const expanded = await fs
    .readFile(
      path.join(workFolder, '.gitlab-ci-local', 'expanded-gitlab-ci.yml'),
      'utf8',
    )
    .catch(() => '');
  return parseJobList(json, expanded);
}

/** The executor's complaint in one line, without its progress and its stack. */
function explain(stderr: string): string {
  return stderr
    .split('\n')
    .map(line => line.trim())
    .filter(
      line =>
        line !== '' &&
        !line.startsWith('at ') &&
        !/^(parsing and downloads|json schema validated)/.test(line),
    )
    .join(' ')
    .slice(0, 500);
}
