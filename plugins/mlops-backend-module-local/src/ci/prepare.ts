import { promises as fs } from 'node:fs';
import path from 'node:path';
import { git } from '../source/git';
import { processEnvironment } from '../environment';
import { executorEnvironment } from './ciVariables';
import { executorCommand, listJobs } from './executor';
import { ListedJob, shellSetup } from './jobList';
import { secretValues } from './masking';
import { writeJson } from './files';
import {
  JobRecord,
  MARK_VARIABLE,
  MASK_VARIABLE,
  PipelineRecord,
  RunSpec,
} from './records';

const CLONE_TIMEOUT_MS = 300_000;

/** Everything that a run needs, as paths inside the pipeline's folder. */
export interface Place {
  folder: string;
  work: string;
  home: string;
  logs: string;
  runFile: string;
  setupFile: string;
}

export function placeIn(folder: string): Place {
  return {
    folder,
    work: path.join(folder, 'work'),
    home: path.join(folder, 'home'),
    logs: path.join(folder, 'logs'),
    runFile: path.join(folder, 'run.json'),
    setupFile: path.join(folder, 'setup.sh'),
  };
}

/** A fresh clone of the commit on its branch, whose remote is the address that people use. */
export async function checkOut(
  place: Place,
  record: PipelineRecord,
  from: { gitDir: string; cloneUrl: string; defaultBranch: string },
  signal: AbortSignal,
): Promise<void> {
  const options = { cwd: place.work, signal, timeoutMs: CLONE_TIMEOUT_MS };
  for (const folder of [place.work, place.home]) {
    await fs.rm(folder, { recursive: true, force: true });
    await fs.mkdir(folder, { recursive: true, mode: 0o700 });
  }
  await git(['clone', '--quiet', '--no-checkout', from.gitDir, '.'], options);
  await git(
    ['checkout', '--quiet', '-B', record.branch, record.commit],
    options,
  );
  for (const [key, value] of [
    ['remote.origin.url', from.cloneUrl],
    ['user.name', record.author || 'unknown'],
    ['user.email', record.email || 'unknown@localhost'],
  ]) {
    await git(['config', key, value], options);
  }
  await git(
    ['remote', 'set-head', 'origin', from.defaultBranch],
    options,
  ).catch(() => {});
}

export async function hasFile(place: Place, name: string): Promise<boolean> {
  const stats = await fs
    .lstat(path.join(place.work, name))
    .catch(() => undefined);
  return stats?.isFile() ?? false;
}

/** Environment of the executor and of all jobs. */
export function runEnvironment(options: {
  variables: Record<string, string>;
  toolFolder: string;
  setupFile: string;
  mark: string;
  pythonBin?: string;
}): Record<string, string> {
  const { variables, toolFolder, setupFile, mark, pythonBin } = options;
  const inherited = processEnvironment();
  const folders = [
    toolFolder,
    ...(pythonBin ? [pythonBin] : []),
    inherited.PATH ?? '/usr/bin:/bin',
  ];
  return {
    ...inherited,
    ...(pythonBin ? { VIRTUAL_ENV: path.dirname(pythonBin) } : {}),
    ...executorEnvironment(variables),
    PATH: folders.join(':'),
    BASH_ENV: setupFile,
    // bash whose input is a socket takes itself for a remote login and reads ~/.bashrc, unless it is no outermost shell.
    SHLVL: '1',
    GIT_TERMINAL_PROMPT: '0',
    [MARK_VARIABLE]: mark,
  };
}

export async function readJobs(
  place: Place,
  environment: Record<string, string>,
  signal: AbortSignal,
): Promise<ListedJob[]> {
  await fs.writeFile(place.setupFile, '');
  return listJobs(place.work, place.home, environment, signal);
}

/** Writes what the runner is to do. */
export async function writeRun(
  place: Place,
  jobs: JobRecord[],
  options: { toolFolder: string; timeLimitMs: number },
): Promise<void> {
  const spec: RunSpec = {
    command: executorCommand(place.home),
    workFolder: place.work,
    logFolder: place.logs,
    progressFile: path.join(place.folder, 'progress.json'),
    jobs,
    timeLimitMs: options.timeLimitMs,
  };
  await fs.writeFile(place.setupFile, shellSetup(jobs, options.toolFolder));
  await writeJson(place.runFile, spec);
}

/** What the runner's environment holds beside that of the jobs: the values to hide. */
export function maskEnvironment(
  variables: Record<string, string>,
): Record<string, string> {
  return { [MASK_VARIABLE]: JSON.stringify(secretValues(variables)) };
}
