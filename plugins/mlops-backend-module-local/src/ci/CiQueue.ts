import { isDiskFull } from '@mlops-portal/plugin-mlops-node';
import { CiStore } from './CiStore';
import { PipelineRun, RunDependencies } from './PipelineRun';
import { PipelineRecord } from './records';
import { SpaceWait } from './SpaceWait';

const MAX_RUNNING = 2;

/** CI pipelines that wait and that run: one per repository runs at a time and two in all, in the order of the pushes. */
export class CiQueue {
  private readonly waiting: PipelineRecord[] = [];
  private readonly running = new Map<PipelineRun, Promise<void>>();
  private readonly space: SpaceWait;
  private closed = false;
  private mayStart = false;

  constructor(
    private readonly deps: RunDependencies & {
      store: CiStore;
      /** Does something with the files of a repository while nobody else does. */
      exclusive<T>(repository: string, work: () => Promise<T>): Promise<T>;
    },
  ) {
    this.space = new SpaceWait(record => this.tryAgain(record));
  }

  /** From now on CI is begun, and not only watched. */
  start(): void {
    this.mayStart = true;
    this.pump();
  }

  /** Takes up what was on disk: what runs already comes first and keeps its place. */
  resume(records: PipelineRecord[]): void {
    this.waiting.push(...records);
    this.waiting.sort(
      (a, b) => rank(a) - rank(b) || Number(a.id) - Number(b.id),
    );
  }

  /** Writes a new one down and lets it wait for its turn. Called while nobody else uses the repository. */
  async add(record: PipelineRecord): Promise<void> {
    try {
      await this.deps.store.write(record);
      this.waiting.push(record);
    } catch (error) {
      if (!isDiskFull(error)) throw error;
      this.waitForSpace(record);
    }
  }

  /** CI pipelines of a repository that a full disk keeps from beginning, newest first; some are not on disk. */
  withoutSpace(repository: string): PipelineRecord[] {
    return this.space.waiting.filter(each => each.repository === repository);
  }

  /** Begins what may begin now. */
  pump(): void {
    for (const record of [...this.waiting]) {
      if (this.closed || this.running.size >= MAX_RUNNING) return;
      if (!this.mayStart && record.phase !== 'running') continue;
      const busy = [...this.running.keys()].some(
        run => run.record.repository === record.repository,
      );
      if (busy) continue;
      this.waiting.splice(this.waiting.indexOf(record), 1);
      this.begin(record);
    }
  }

  /** Ends what waits and runs of these. */
  async end(
    which: (record: PipelineRecord) => boolean,
    reason: string,
  ): Promise<void> {
    const waits = new Set([...this.space.waiting, ...this.waiting]);
    for (const record of [...waits].filter(which)) {
      await this.endWaiting(record, reason);
    }
    const runs = [...this.running].filter(([run]) => which(run.record));
    for (const [run] of runs) run.stop(reason);
    await Promise.all(runs.map(([, done]) => done));
  }

  /** Lets go of everything that runs without ending it. */
  async close(): Promise<void> {
    this.closed = true;
    this.space.close();
    for (const run of this.running.keys()) run.close();
    await Promise.all(this.running.values());
  }

  private begin(record: PipelineRecord): void {
    const run = new PipelineRun(record, this.deps);
    const done = run
      .run()
      .then(outcome => {
        if (outcome === 'no-space') this.waitForSpace(record);
        else this.space.thereIsSpace();
      })
      .catch(error =>
        this.deps.logger.error(
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

  private waitForSpace(record: PipelineRecord): void {
    if (this.closed) return;
    if (!this.space.has(record)) {
      this.deps.logger.warn(
        `CI pipeline ${record.id} of repository ${record.repository} waits for space on the disk of the data folder`,
      );
    }
    this.space.add(record);
  }

  private async tryAgain(record: PipelineRecord): Promise<void> {
    await this.deps.exclusive(record.repository, async () => {
      // Stopped, or its repository deleted, while this waited for the others.
      if (!this.space.has(record)) return;
      await this.deps.store.write(record).catch(error => {
        if (!isDiskFull(error)) {
          this.deps.logger.error(
            `CI pipeline ${record.id} of repository ${record.repository} could not be written; it is tried again`,
            error,
          );
        }
        throw error;
      });
      if (this.space.has(record)) this.waiting.push(record);
    });
    this.pump();
  }

  private async endWaiting(
    record: PipelineRecord,
    reason: string,
  ): Promise<void> {
    const at = this.waiting.indexOf(record);
    if (at >= 0) this.waiting.splice(at, 1);
    this.space.forget(record);
    const before = { ...record };
    const finishedAt = new Date().toISOString();
    record.phase = 'ended';
    record.ending = { state: 'stopped', reason, finishedAt };
    try {
      await this.deps.store.write(record);
    } catch (error) {
      // Who asked is told that nothing changed.
      Object.assign(record, before, { ending: undefined });
      this.waitForSpace(record);
      throw error;
    }
  }
}

function rank(record: PipelineRecord): number {
  return record.phase === 'running' ? 0 : 1;
}
