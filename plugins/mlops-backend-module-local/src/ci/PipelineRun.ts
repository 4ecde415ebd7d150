import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { promises as fs } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isFinal } from '@mlops-portal/plugin-mlops-common';
import type { BareRepository } from '../source/BareRepository';
import { CiStore } from './CiStore';
import { predefinedVariables } from './ciVariables';
import { CiEnvironments } from './environments';
import { entryPoint } from './entryPoint';
import { createMask, secretValues } from './masking';
import {
  checkOut,
  hasFile,
  maskEnvironment,
  Place,
  placeIn,
  pythonEnvironment,
  readJobs,
  runEnvironment,
  writeRun,
} from './prepare';
import { endMarked, findMarked, isAlive, startTimeOf } from './processes';
import { Ending, JobRecord, PipelineRecord } from './records';

const WATCH_EVERY_MS = 300;
const STOP_WITHIN_MS = 10_000;
const CI_FILE = '.gitlab-ci.yml';
const ENVIRONMENT_JOB = { name: 'python environment', stage: 'prepare' };

export interface RunDependencies {
  store: CiStore;
  toolFolder: string;
  environments: CiEnvironments;
  getCiEnvironment: (repository: string) => Promise<Record<string, string>>;
  getRepository: (name: string) => Promise<BareRepository>;
  cloneUrl: (repository: string) => string;
  projectUrl: (repository: string) => string;
  timeLimitMs: number;
}

/** An end that was decided before or instead of the executor. */
class EarlyEnd extends Error {
  constructor(readonly state: Ending['state'], reason: string) {
    super(reason);
  }
}

/** Takes one CI pipeline from its record to its end. Aborting with `CLOSING` leaves the runner alone, any other reason stops it. */
export class PipelineRun {
  static readonly CLOSING = Symbol('the portal closes');

  readonly controller = new AbortController();
  private readonly place: Place;
  private mask = (text: string) => text;

  constructor(
    readonly record: PipelineRecord,
    private readonly deps: RunDependencies,
  ) {
    this.place = placeIn(deps.store.folder(record.repository, record.id));
  }

  stop(reason: string): void {
    this.controller.abort(new EarlyEnd('stopped', reason));
  }

  close(): void {
    this.controller.abort(PipelineRun.CLOSING);
  }

  /** Resolves when the pipeline has ended, or when the portal closes. Never rejects for what went wrong in the run. */
  async run(): Promise<void> {
    try {
      if (!(await this.isStarted())) await this.launch();
      await this.settle(await this.watch());
    } catch (error) {
      if (this.isClosing()) return;
      await this.settle(this.endingOf(error));
    }
  }

  private isClosing(): boolean {
    return this.controller.signal.reason === PipelineRun.CLOSING;
  }

  /** Whether an earlier portal started the runner, even if it had no time to note its number. */
  private async isStarted(): Promise<boolean> {
    const { record } = this;
    if (record.phase !== 'running' || !record.mark) return false;
    if (record.runner || (await this.deps.store.progress(record))?.ending)
      return true;
    record.runner = await findMarked(record.mark, this.place.runFile);
    return record.runner !== undefined;
  }

  private async launch(): Promise<void> {
    const { record, place, deps } = this;
    const { signal } = this.controller;
    await this.save({ phase: 'preparing', jobs: [] });
    const repository = await deps.getRepository(record.repository);
    const defaultBranch = await repository.defaultBranch({ signal });
    const cloneUrl = deps.cloneUrl(record.repository);
    await checkOut(
      place,
      record,
      { gitDir: repository.gitDir, cloneUrl, defaultBranch },
      signal,
    );
    if (!(await hasFile(place, CI_FILE))) {
      throw new EarlyEnd(
        'skipped',
        `the commit has no ${CI_FILE}, so nothing runs`,
      );
    }
    const own = await deps.getCiEnvironment(record.repository);
    this.mask = createMask(secretValues(own));
    const variables = {
      ...predefinedVariables({
        ciPipelineId: record.id,
        repository: record.repository,
        branch: record.branch,
        defaultBranch,
        projectUrl: deps.projectUrl(record.repository),
        commit: await repository.commit(record.commit, { signal }),
      }),
      ...own,
    };
    const mark = randomUUID();
    const environment = (pythonBin?: string) =>
      runEnvironment({
        variables,
        toolFolder: deps.toolFolder,
        setupFile: place.setupFile,
        mark,
        pythonBin,
      });
    const listed = await readJobs(place, environment(), signal).catch(error => {
      signal.throwIfAborted();
      throw new EarlyEnd(
        'failed',
        `${CI_FILE} cannot be run: ${error.message}`,
      );
    });
    const jobs = listed.map(
      ({ name, stage, runs }, index): JobRecord => ({
        id: this.jobId(index + 1),
        name,
        stage,
        state: runs ? 'waiting' : 'skipped',
      }),
    );
    const bin = await this.makeEnvironment(jobs);
    await writeRun(place, jobs, deps);
    signal.throwIfAborted();
    await this.save({ phase: 'running', mark });
    await this.spawnRunner({
      ...environment(bin),
      ...maskEnvironment(own),
    });
  }

  private jobId(index: number): string {
    return String(Number(this.record.id) * 1000 + index);
  }

  private async makeEnvironment(
    jobs: JobRecord[],
  ): Promise<string | undefined> {
    const { deps, place, record } = this;
    if (!(await hasFile(place, 'requirements.txt'))) {
      await this.save({ jobs });
      return undefined;
    }
    const job: JobRecord = {
      ...ENVIRONMENT_JOB,
      id: this.jobId(0),
      state: 'running',
      startedAt: new Date().toISOString(),
    };
    await this.save({ jobs: [job, ...jobs] });
    const { signal } = this.controller;
    await this.say(job, 'Making the Python environment of requirements.txt');
    try {
      const made = await pythonEnvironment(
        place,
        record.repository,
        deps.environments,
        signal,
      );
      await this.say(job, 'The Python environment is ready');
      job.state = 'succeeded';
      return made?.bin;
    } catch (error) {
      signal.throwIfAborted();
      job.state = 'failed';
      await this.say(job, String((error as Error).message));
      throw new EarlyEnd(
        'failed',
        'the Python environment of requirements.txt could not be made; the log of its job says why',
      );
    } finally {
      job.finishedAt = new Date().toISOString();
      await this.save({ jobs: [job, ...jobs] });
    }
  }

  private async say(job: JobRecord, text: string): Promise<void> {
    const file = path.join(this.place.logs, `${job.id}.log`);
    await fs.appendFile(file, `${this.mask(text)}\n`, { mode: 0o600 });
  }

  private async spawnRunner(
    environment: Record<string, string>,
  ): Promise<void> {
    const output = await fs.open(
      path.join(this.place.logs, 'runner.log'),
      'a',
      0o600,
    );
    try {
      const child = spawn(
        process.execPath,
        [...entryPoint('ci-runner'), this.place.runFile],
        {
          cwd: this.place.folder,
          env: environment,
          detached: true,
          stdio: ['ignore', output.fd, output.fd],
        },
      );
      const pid = await new Promise<number>((resolve, reject) => {
        child.once('spawn', () => resolve(child.pid!));
        child.once('error', reject);
      });
      child.unref();
      const startedAt = (await startTimeOf(pid)) ?? 'gone';
      await this.save({ runner: { pid, startedAt } });
    } finally {
      await output.close();
    }
  }

  /** Waits for the runner's own ending, or finds that it has died without one. */
  private async watch(): Promise<Ending> {
    const { record, deps } = this;
    const { signal } = this.controller;
    for (;;) {
      const alive =
        record.runner !== undefined && (await isAlive(record.runner));
      const ending = (await deps.store.progress(record))?.ending;
      if (ending) return ending;
      if (!alive) {
        throw new EarlyEnd(
          'failed',
          "the portal's machine stopped or ended the run while CI ran; push again or rerun",
        );
      }
      if (signal.aborted) break;
      await delay(WATCH_EVERY_MS, undefined, { signal }).catch(() => {});
    }
    if (this.isClosing()) throw signal.reason;
    return this.stopRunner();
  }

  private async stopRunner(): Promise<Ending> {
    const { record, deps } = this;
    const runner = record.runner!;
    const until = Date.now() + STOP_WITHIN_MS;
    process.kill(runner.pid, 'SIGTERM');
    while (Date.now() < until && (await isAlive(runner))) await delay(100);
    const ending = (await deps.store.progress(record))?.ending;
    return ending ?? this.endingOf(this.controller.signal.reason);
  }

  private endingOf(error: unknown): Ending {
    const finishedAt = new Date().toISOString();
    const why = this.controller.signal.aborted
      ? this.controller.signal.reason
      : error;
    const state = why instanceof EarlyEnd ? why.state : 'failed';
    const reason = this.mask(why instanceof Error ? why.message : String(why));
    return { state, reason, finishedAt };
  }

  private async settle(ending: Ending): Promise<void> {
    const { record, deps } = this;
    if (record.mark) await endMarked(record.mark);
    const { jobs } = await deps.store.view(record);
    await this.save({
      phase: 'ended',
      runner: undefined,
      ending,
      jobs: jobs.map(job => closeJob(job, ending)),
    });
    await deps.store.removeWork(record);
  }

  private async save(change: Partial<PipelineRecord>): Promise<void> {
    Object.assign(this.record, change);
    await this.deps.store.write(this.record);
  }
}

function closeJob(job: JobRecord, ending: Ending): JobRecord {
  if (isFinal(job.state)) return job;
  if (job.state === 'waiting') return { ...job, state: 'skipped' };
  const state = ending.state === 'stopped' ? 'stopped' : 'failed';
  return { ...job, state, finishedAt: ending.finishedAt };
}
