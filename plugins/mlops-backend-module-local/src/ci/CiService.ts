import { promises as fs } from 'node:fs';
import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  CiPipeline,
  isDiskFull,
  LogChunk,
} from '@mlops-portal/plugin-mlops-node';
import type { BareRepository } from '../source/BareRepository';
import { CiQueue } from './CiQueue';
import { CiStore } from './CiStore';
import { CiEnvironments } from './environments';
import { installTools } from './executor';
import { endRun } from './runProcesses';
import { PipelineRecord } from './records';
import { NO_SPACE } from './SpaceWait';

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
 * Continuous integration of all repositories: each new head of a branch gets a CI pipeline. Everything is on disk, so a new instance
 * goes on where the last one ended.
 */
export class CiService {
  private readonly locks = new Map<string, Promise<unknown>>();
  private readonly queue: CiQueue;

  private constructor(
    private readonly options: CiServiceOptions,
    private readonly store: CiStore,
    toolFolder: string,
  ) {
    this.queue = new CiQueue({
      ...options,
      store,
      toolFolder,
      getRepository: name => options.repositories.get(name),
      timeLimitMs: options.timeLimitMs ?? DEFAULT_TIME_LIMIT_MS,
      exclusive: (repository, work) => this.exclusive(repository, work),
    });
  }

  static async open(options: CiServiceOptions): Promise<CiService> {
    await fs.mkdir(options.root, { recursive: true, mode: 0o700 });
    const store = new CiStore(options.root);
    const tools = await installTools(options.root);
    const service = new CiService(options, store, tools);
    await service.resume();
    service.queue.pump();
    (options.ready ?? Promise.resolve()).then(() => service.queue.start());
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
        await this.noteHeads(repository, now);
    });
    this.queue.pump();
  }

  async list(
    repository: string,
    page: { limit: number; offset: number },
  ): Promise<{ items: CiPipeline[]; total: number }> {
    const held = this.queue.withoutSpace(repository);
    const byId = new Map(held.map(record => [record.id, record]));
    const onDisk = await this.store.ids(repository);
    // What a full disk holds back may not be on it.
    const ids = [...new Set([...byId.keys(), ...onDisk])].sort(
      (a, b) => Number(b) - Number(a),
    );
    const wanted = ids.slice(page.offset, page.offset + page.limit);
    const found = await Promise.all(
      wanted.map(async id => {
        const waits = byId.get(id);
        if (waits)
          return { ...(await this.store.view(waits)), reason: NO_SPACE };
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
    this.queue.pump();
    return this.store.view(record);
  }

  async stop(repository: string, id: string): Promise<CiPipeline> {
    const held = this.queue.withoutSpace(repository);
    if (!held.some(record => record.id === id))
      await this.store.read(repository, id);
    await this.queue.end(
      one => one.repository === repository && one.id === id,
      'stopped by hand',
    );
    return this.store.view(await this.store.read(repository, id));
  }

  /** Ends the repository's CI, calls `alsoRemove`, and forgets its CI. */
  async remove(
    repository: string,
    alsoRemove: () => Promise<void>,
  ): Promise<void> {
    await this.exclusive(repository, async () => {
      await this.queue.end(
        one => one.repository === repository,
        'the repository was deleted',
      );
      await alsoRemove();
      await this.store.removeRepository(repository);
    });
  }

  /** Lets go of everything that runs without ending it. */
  async close(): Promise<void> {
    await this.queue.close();
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
      this.queue.resume(records.filter(({ phase }) => phase !== 'ended'));
    }
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
    const newest = [
      ...this.queue.withoutSpace(bare.name),
      ...(await this.records(bare.name)),
    ].find(record => record.branch === branch);
    // Started already, but the portal ended, or had no space, before it could note the head.
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
    await this.queue.add(record);
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

  private async noteHeads(
    repository: string,
    heads: Record<string, string>,
  ): Promise<void> {
    try {
      await this.store.writeHeads(repository, heads);
    } catch (error) {
      // The CI pipelines themselves tell the next time which heads have theirs.
      if (!isDiskFull(error)) throw error;
    }
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
