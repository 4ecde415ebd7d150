import { promises as fs } from 'node:fs';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { CiPipeline, LogChunk } from '@mlops-portal/plugin-mlops-node';
import type { BareRepository } from '../source/BareRepository';
import { CiStore } from './CiStore';
import { CiEnvironments } from './environments';
import { installTools } from './executor';
import { PipelineRun, RunDependencies } from './PipelineRun';
import { endRun } from './runProcesses';
import { PipelineRecord } from './records';

const MAX_RUNNING = 2;
const KEPT_PIPELINES = 50;
const DEFAULT_TIME_LIMIT_MS = 60 * 60_000;

export interface CiServiceOptions {
  /** Folder of its state. */
  root: string;
  repositories: {
    names(): Promise<string[]>;
    get(name: string): Promise<BareRepository>;
  };
  logger: LoggerService;
  environments: CiEnvironments;
  getCiEnvironment: (repository: string) => Promise<Record<string, string>>;
  cloneUrl: (repository: string) => string;
  projectUrl: (repository: string) => string;
  timeLimitMs?: number;
  /** Nothing is started before this resolves; what runs already is watched at once. */
  ready?: Promise<void>;
}

/**
 * Continuous integration of all repositories: each new head of a branch gets a CI pipeline; one per repository runs at a time and
 * two in all, in the order of the pushes. Everything is on disk, so a new instance goes on where the last one ended.
 */
export class CiService {
  private readonly waiting: PipelineRecord[] = [];
  private readonly running = new Map<PipelineRun, Promise<void>>();
  private readonly locks = new Map<string, Promise<unknown>>();
  private closed = false;
  private mayStart = false;

  private constructor(
    private readonly options: CiServiceOptions,
    private readonly store: CiStore,
    private readonly deps: RunDependencies,
  ) {}

  static async open(options: CiServiceOptions): Promise<CiService> {
    await fs.mkdir(options.root, { recursive: true, mode: 0o700 });
    const store = new CiStore(options.root);
    const service = new CiService(options, store, {
      ...options,
      store,
      toolFolder: await installTools(options.root),
      getRepository: name => options.repositories.get(name),
      timeLimitMs: options.timeLimitMs ?? DEFAULT_TIME_LIMIT_MS,
    });
    await service.resume();
    service.pump();
    (options.ready ?? Promise.resolve()).then(() => {
      service.mayStart = true;
      service.pump();
    });
    return service;
  }

  /** Starts CI for every branch whose head is not the one for which it was started last. */
  async sync(repository: string): Promise<void> {
    await this.exclusive(repository, async () => {
      const bare = await this.options.repositories.get(repository);
      const branches = await bare.branches();
      const heads = await this.store.heads(repository);
      for (const [branch, commit] of branches) {
        if (heads[branch] !== commit) await this.add(bare, branch, commit);
      }
      const now = Object.fromEntries(branches);
      if (JSON.stringify(now) !== JSON.stringify(heads))
        await this.store.writeHeads(repository, now);
    });
    this.pump();
  }

  async list(
    repository: string,
    page: { limit: number; offset: number },
  ): Promise<{ items: CiPipeline[]; total: number }> {
    const ids = await this.store.ids(repository);
    const wanted = ids.slice(page.offset, page.offset + page.limit);
    const found = await Promise.all(
      wanted.map(async id => {
        const record = await this.store.readIfThere(repository, id);
        return record && this.store.view(record);
      }),
    );
    return { items: found.filter(item => !!item), total: ids.length };
  }

  async log(at: {
    repository: string;
    ciPipelineId: string;
    jobId: string;
    offset: number;
  }): Promise<LogChunk> {
    const record = await this.store.read(at.repository, at.ciPipelineId);
    return this.store.log(record, at.jobId, at.offset);
  }

  async retry(repository: string, id: string): Promise<CiPipeline> {
    const old = await this.store.read(repository, id);
    const record = await this.exclusive(repository, async () => {
      const bare = await this.options.repositories.get(repository);
      return this.enqueue(bare, old.branch, old.commit);
    });
    this.pump();
    return this.store.view(record);
  }

  async stop(repository: string, id: string): Promise<CiPipeline> {
    const record = await this.store.read(repository, id);
    await this.end(
      one => one.repository === repository && one.id === id,
      'stopped by hand',
    );
    return this.store.view(await this.store.read(repository, record.id));
  }

  /** Ends the repository's CI, calls `alsoRemove`, and forgets its CI. */
  async remove(
    repository: string,
    alsoRemove: () => Promise<void>,
  ): Promise<void> {
    await this.exclusive(repository, async () => {
      await this.end(
        one => one.repository === repository,
        'the repository was deleted',
      );
      await alsoRemove();
      await this.store.removeRepository(repository);
    });
  }

  /** Lets go of everything that runs without ending it. */
  async close(): Promise<void> {
    this.closed = true;
    for (const run of this.running.keys()) run.close();
    await Promise.all(this.running.values());
  }

  private async resume(): Promise<void> {
    const names = await this.options.repositories.names();
    for (const repository of await this.store.repositories()) {
      const records = await this.records(repository);
      if (!names.includes(repository)) {
        for (const { mark } of records) if (mark) await endRun(mark);
        await this.store.removeRepository(repository);
        continue;
      }
      this.waiting.push(...records.filter(({ phase }) => phase !== 'ended'));
    }
    // What runs already comes first and keeps its place.
    this.waiting.sort(
      (a, b) => rank(a) - rank(b) || Number(a.id) - Number(b.id),
    );
    for (const name of names) {
      await this.sync(name).catch(error =>
        this.options.logger.error(
          `CI of repository ${name} could not be brought up to date; push again`,
          error,
        ),
      );
    }
  }

  private async records(repository: string): Promise<PipelineRecord[]> {
    const found: PipelineRecord[] = [];
    for (const id of await this.store.ids(repository)) {
      const record = await this.store.readIfThere(repository, id);
      if (record) found.push(record);
      // Made, but never written whole: its push is found again by its branch's head.
      else await this.store.removePipeline(repository, id);
    }
    return found;
  }

  private async add(
    bare: BareRepository,
    branch: string,
    commit: string,
  ): Promise<void> {
    const newest = (await this.records(bare.name)).find(
      record => record.branch === branch,
    );
    // Started already, but the portal ended before it could note the head.
    if (newest?.commit === commit) return;
    await this.enqueue(bare, branch, commit);
  }

  private async enqueue(
    bare: BareRepository,
    branch: string,
    commit: string,
  ): Promise<PipelineRecord> {
    const { message, author, email } = await bare.commit(commit);
    const record: PipelineRecord = {
      id: await this.store.nextId(),
      repository: bare.name,
      branch,
      commit,
      message,
      author,
      email,
      createdAt: new Date().toISOString(),
      phase: 'waiting',
      jobs: [],
    };
    await this.store.write(record);
    this.waiting.push(record);
    await this.prune(bare.name);
    return record;
  }

  private async prune(repository: string): Promise<void> {
    for (const record of (await this.records(repository)).slice(
      KEPT_PIPELINES,
    )) {
      if (record.phase === 'ended')
        await this.store.removePipeline(repository, record.id);
    }
  }

  private pump(): void {
    for (const record of [...this.waiting]) {
      if (this.closed || this.running.size >= MAX_RUNNING) return;
      if (!this.mayStart && record.phase !== 'running') continue;
      const busy = [...this.running.keys()].some(
        run => run.record.repository === record.repository,
      );
      if (busy) continue;
      this.waiting.splice(this.waiting.indexOf(record), 1);
      const run = new PipelineRun(record, this.deps);
      const done = run
        .run()
        .catch(error =>
          this.options.logger.error(
            `The state of CI pipeline ${record.id} of repository ${record.repository} could not be written`,
            error,
          ),
        )
        .finally(() => {
          this.running.delete(run);
          this.pump();
        });
      this.running.set(run, done);
    }
  }

  private async end(
    which: (record: PipelineRecord) => boolean,
    reason: string,
  ): Promise<void> {
    for (const record of this.waiting.filter(which)) {
      this.waiting.splice(this.waiting.indexOf(record), 1);
      const finishedAt = new Date().toISOString();
      record.phase = 'ended';
      record.ending = { state: 'stopped', reason, finishedAt };
      await this.store.write(record);
    }
    const runs = [...this.running].filter(([run]) => which(run.record));
    for (const [run] of runs) run.stop(reason);
    await Promise.all(runs.map(([, done]) => done));
  }

  private async exclusive<T>(
    repository: string,
    work: () => Promise<T>,
  ): Promise<T> {
    const next = (this.locks.get(repository) ?? Promise.resolve()).then(work);
    const settled = next.catch(() => {});
    this.locks.set(repository, settled);
    try {
      return await next;
    } finally {
      if (this.locks.get(repository) === settled) this.locks.delete(repository);
    }
  }
}

function rank(record: PipelineRecord): number {
  return record.phase === 'running' ? 0 : 1;
}
