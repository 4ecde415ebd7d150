import { spawn } from 'node:child_process';
import { promises as fs } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { CiStore } from './CiStore';
import { entryPoint } from './entryPoint';
import { Place } from './prepare';
import { findMarked, identify, isAlive, send } from '../processes';
import { endRun, markOf } from './runProcesses';
import { Ending, PipelineRecord } from './records';

const WATCH_EVERY_MS = 300;
const STOP_WITHIN_MS = 10_000;

/** The detached process that carries a run, seen from the portal: it may have been started by an earlier one. */
export class RunnerProcess {
  constructor(
    private readonly record: PipelineRecord,
    private readonly place: Place,
    private readonly store: CiStore,
  ) {}

  /** Whether an earlier portal started the runner, even if it had no time to note its number. */
  async isStarted(): Promise<boolean> {
    const { record } = this;
    if (record.phase !== 'running' || !record.mark) return false;
    if (record.runner || (await this.ending())) return true;
    record.runner = await findMarked(markOf(record.mark), this.place.runFile);
    return record.runner !== undefined;
  }

  /** Starts it; the record, with `mark` in it, must be on disk before. */
  async start(environment: Record<string, string>): Promise<void> {
    const { record, place, store } = this;
    const log = path.join(place.logs, 'runner.log');
    const output = await fs.open(log, 'a', 0o600);
    try {
      const child = spawn(
        process.execPath,
        [...entryPoint('ci-runner'), place.runFile],
        {
          cwd: place.folder,
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
      // One that has ended already is no reason to start another one.
      record.runner = identify(pid) ?? { pid, startTicks: 0, bootId: 'gone' };
      await store.write(record);
    } finally {
      await output.close();
    }
  }

  /** Waits for the runner's own ending. Undefined if it died without one, or when the signal is aborted. */
  async watch(signal: AbortSignal): Promise<Ending | undefined> {
    const { runner } = this.record;
    for (;;) {
      const alive = runner !== undefined && isAlive(runner);
      const ending = await this.ending();
      if (ending || !alive || signal.aborted) return ending;
      await delay(WATCH_EVERY_MS, undefined, { signal }).catch(() => {});
    }
  }

  /** Asks it to stop; undefined if it could not say how it ended. */
  async stop(): Promise<Ending | undefined> {
    const { runner } = this.record;
    const until = Date.now() + STOP_WITHIN_MS;
    if (runner && isAlive(runner)) {
      send(runner.pid, 'SIGTERM');
      while (Date.now() < until && isAlive(runner)) await delay(100);
    }
    return this.ending();
  }

  /** Ends whatever is left of the run. */
  async clear(): Promise<void> {
    if (this.record.mark) await endRun(this.record.mark);
  }

  private async ending(): Promise<Ending | undefined> {
    return (await this.store.progress(this.record))?.ending;
  }
}
