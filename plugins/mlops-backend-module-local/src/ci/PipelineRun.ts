import { randomUUID } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { isFinal } from '@mlops-portal/plugin-mlops-common';
import { isDiskFull } from '@mlops-portal/plugin-mlops-node';
import type { BareRepository } from '../source/BareRepository';
import { CiStore } from './CiStore';
import { predefinedVariables } from './ciVariables';
import { CiEnvironments, ENVIRONMENT_NAME_LENGTH } from './environments';
import { createMask, secretValues } from './masking';
import {
  checkOut,
  hasFile,
  maskEnvironment,
  Place,
  placeIn,
  readJobs,
  runEnvironment,
  writeRun,
} from './prepare';
import { closeJob, DIED, EarlyEnd, reasonOf } from './endings';
import { Ending, JobRecord, PipelineRecord } from './records';
import { RunnerProcess } from './RunnerProcess';

const REWRITE_AFTER_MS = 1000;
const CI_FILE = '.gitlab-ci.yml';
const REQUIREMENTS = 'requirements.txt';
const ENVIRONMENT_JOB = { name: 'python environment', stage: 'prepare' };

export interface RunDependencies {
  store: CiStore;
  logger: LoggerService;
  toolFolder: string;
  environments: CiEnvironments;
  getCiEnvironment: (repository: string) => Promise<Record<string, string>>;
  getRepository: (name: string) => Promise<BareRepository>;
  cloneUrl: (repository: string) => string;
  projectUrl: (repository: string) => string;
  timeLimitMs: number;
}

const CLOSING = new Error('the portal closes');

/** Takes one CI pipeline from its record to its end. */
export class PipelineRun {
  private readonly controller = new AbortController();
  private readonly signal = this.controller.signal;
  private readonly place: Place;
  private readonly runner: RunnerProcess;
  private mask = (text: string) => text;
  /** From then on its processes may run, and what was done is not done again. */
  private begun = false;

  constructor(
    readonly record: PipelineRecord,
    private readonly deps: RunDependencies,
  ) {
    const { store } = deps;
    this.place = placeIn(store.folder(record.repository, record.id));
    this.runner = new RunnerProcess(record, this.place, store);
  }

  /** Ends the run as stopped. */
  stop(reason: string): void {
    this.controller.abort(new EarlyEnd('stopped', reason));
  }

  /** Stops watching and leaves the runner alone. */
  close(): void {
    this.controller.abort(CLOSING);
  }

  /**
   * Resolves when the pipeline has ended, or after `close`, or with 'no-space' where a full disk kept it from beginning: then it
   * waits as before. Rejects only if its state cannot be written.
   */
  async run(): Promise<'ended' | 'no-space'> {
    let ending: Ending | undefined;
    try {
      this.begun = await this.runner.isStarted();
      if (!this.begun) await this.launch();
      ending = await this.runner.watch(this.signal);
      if (!ending && !this.signal.aborted) throw new EarlyEnd('failed', DIED);
    } catch (error) {
      if (this.lacksSpace(error)) return this.giveBack();
      ending = this.endingOf(error);
    }
    if (this.signal.reason === CLOSING) return 'ended';
    if (this.signal.aborted)
      ending = (await this.runner.stop()) ?? this.endingOf(undefined);
    await this.settle(ending ?? this.endingOf(undefined));
    return 'ended';
  }

  private lacksSpace(error: unknown): boolean {
    return !this.begun && !this.signal.aborted && isDiskFull(error);
  }

  /** As if it had not been tried; what the try has taken of the disk is given back. */
  private async giveBack(): Promise<'no-space'> {
    Object.assign(this.record, { phase: 'waiting', jobs: [], mark: undefined });
    await this.deps.store.removeWork(this.record);
    return 'no-space';
  }

  private async launch(): Promise<void> {
    const { place, deps, signal } = this;
    await this.save({ phase: 'preparing', jobs: [] });
    const repository = await deps.getRepository(this.record.repository);
    const predefined = await this.checkOut(repository);
    const own = await deps.getCiEnvironment(repository.name);
    this.mask = createMask(secretValues(own));
    const mark = randomUUID();
    const environment = (pythonBin?: string) =>
      runEnvironment({
        variables: { ...predefined, ...own },
        toolFolder: deps.toolFolder,
        setupFile: place.setupFile,
        mark,
        pythonBin,
      });
    const jobs = await this.listJobs(environment());
    const pythonBin = await this.makeEnvironment(jobs);
    await writeRun(place, jobs, deps);
    signal.throwIfAborted();
    await this.save({ phase: 'running', mark });
    this.begun = true;
    await this.runner.start({
      ...environment(pythonBin),
      ...maskEnvironment(own),
    });
  }

  /** @returns the predefined variables of this commit */
  private async checkOut(
    repository: BareRepository,
  ): Promise<Record<string, string>> {
    const { record, place, deps, signal } = this;
    const { gitDir, name } = repository;
    const defaultBranch = await repository.defaultBranch({ signal });
    const cloneUrl = deps.cloneUrl(name);
    const from = { gitDir, cloneUrl, defaultBranch };
    await checkOut(place, record, from, signal);
    if (!(await hasFile(place, CI_FILE))) {
      throw new EarlyEnd(
        'skipped',
        `the commit has no ${CI_FILE}, so nothing runs`,
      );
    }
    return predefinedVariables({
      ciPipelineId: record.id,
      repository: name,
      branch: record.branch,
      defaultBranch,
      projectUrl: deps.projectUrl(name),
      commit: await repository.commit(record.commit, { signal }),
    });
  }

  private async listJobs(
    environment: Record<string, string>,
  ): Promise<JobRecord[]> {
    try {
      const listed = await readJobs(this.place, environment, this.signal);
      return listed.map(({ name, stage, runs }, index) => ({
        id: this.jobId(index + 1),
        name,
        stage,
        state: runs ? 'waiting' : 'skipped',
      }));
    } catch (error) {
      this.signal.throwIfAborted();
      if (isDiskFull(error)) throw error;
      throw new EarlyEnd(
        'failed',
        `${CI_FILE} cannot be run: ${(error as Error).message}`,
      );
    }
  }

  /** Job ids are numbers, as in GitLab, and no two jobs of this data folder share one. */
  private jobId(index: number): string {
    return String(Number(this.record.id) * 1000 + index);
  }

  /** Shown as a job of its own, since it may take minutes. @returns folder of its programs */
  private async makeEnvironment(
    jobs: JobRecord[],
  ): Promise<string | undefined> {
    const { deps, place, record, signal } = this;
    if (!(await hasFile(place, REQUIREMENTS))) {
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
    this.say(job, `Making the Python environment of ${REQUIREMENTS}`);
    try {
      const { bin } = await deps.environments.ensure(
        {
          requirementsPath: path.join(place.work, REQUIREMENTS),
          name: record.repository.slice(0, ENVIRONMENT_NAME_LENGTH),
        },
        { signal, onProgress: line => this.say(job, line) },
      );
      this.say(job, 'The Python environment is ready');
      job.state = 'succeeded';
      return bin;
    } catch (error) {
      signal.throwIfAborted();
      job.state = 'failed';
      this.say(job, (error as Error).message);
      throw new EarlyEnd(
        'failed',
        `the Python environment of ${REQUIREMENTS} could not be made; the log of its job says why`,
      );
    } finally {
      if (isFinal(job.state)) job.finishedAt = new Date().toISOString();
      await this.save({ jobs: [job, ...jobs] });
    }
  }

  private say(job: JobRecord, text: string): void {
    const file = path.join(this.place.logs, `${job.id}.log`);
    try {
      appendFileSync(file, `${this.mask(text)}\n`, { mode: 0o600 });
    } catch {
      // A full disk must not end what the line tells of.
    }
  }

  private endingOf(error: unknown): Ending {
    const why = this.signal.aborted ? this.signal.reason : error;
    return {
      state: why instanceof EarlyEnd ? why.state : 'failed',
      reason: this.mask(reasonOf(why)),
      finishedAt: new Date().toISOString(),
    };
  }

  private async settle(ending: Ending): Promise<void> {
    const { record, deps } = this;
    await this.runner.clear();
    await deps.store.removeWork(record);
    const { jobs } = await deps.store.view(record);
    Object.assign(record, {
      phase: 'ended',
      runner: undefined,
      ending,
      jobs: jobs.map(job => closeJob(job, ending)),
    });
    await this.writePatiently();
  }

  /** The end must not get lost: with a full disk it is written as soon as there is room. */
  private async writePatiently(): Promise<void> {
    const { record, deps } = this;
    for (let told = false; this.signal.reason !== CLOSING; ) {
      try {
        await deps.store.write(record);
        return;
      } catch (error) {
        if (!told) {
          deps.logger.error(
            `The end of CI pipeline ${record.id} of repository ${record.repository} cannot be written yet; is the disk full?`,
            error as Error,
          );
        }
        told = true;
        await delay(REWRITE_AFTER_MS);
      }
    }
  }

  private async save(change: Partial<PipelineRecord>): Promise<void> {
    Object.assign(this.record, change);
    await this.deps.store.write(this.record);
  }
}
