import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, promises as fs } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { isFinal } from '@mlops-portal/plugin-mlops-common';
import { writeJson } from '../files';
import { endRun } from '../runProcesses';
import { Ending, JobRecord, MARK_VARIABLE, RunSpec } from '../records';
import { OutputReader } from './OutputReader';

/** File of the executor's own lines, beside the logs of the jobs. */
export const NOTES_LOG = 'executor.log';
const NOTES_KEPT = 20;
const DRAIN_MS = 1000;
const REWRITE_AFTER_MS = 1000;

/** One run of the executor: jobs and logs go to disk as they come, and it always ends with an `ending` there. */
export class Run {
  private readonly jobs: JobRecord[];
  private readonly notes: string[] = [];
  private writing: Promise<void> = Promise.resolve();
  private ended: { state: 'failed' | 'stopped'; reason: string } | undefined;
  private failed: { name: string; exitCode: number } | undefined;

  constructor(
    private readonly spec: RunSpec,
    private readonly mask: (text: string) => string,
  ) {
    this.jobs = spec.jobs.map(job => ({ ...job }));
  }

  async start(environment: NodeJS.ProcessEnv): Promise<void> {
    this.save();
    const [program, ...args] = this.spec.command;
    // Both outputs through one pipe: their order is what tells a job's last line from the one after its end.
    const child = spawn(
      '/bin/sh',
      ['-c', 'exec "$0" "$@" 2>&1', program, ...args],
      {
        cwd: this.spec.workFolder,
        env: environment,
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    const minutes = Math.round(this.spec.timeLimitMs / 60_000);
    const timer = setTimeout(
      () =>
        this.end(
          'failed',
          `CI was ended after its limit of ${minutes} minutes; make the jobs shorter and push again`,
        ),
      this.spec.timeLimitMs,
    );
    const exitCode = await this.follow(child);
    clearTimeout(timer);
    await endRun(environment[MARK_VARIABLE] ?? '', process.pid);
    // The executor keeps logs of its own, with secrets in them: they go before anybody sees the end.
    await fs
      .rm(this.spec.workFolder, { recursive: true, force: true, maxRetries: 5 })
      .catch(() => {});
    await this.finish(exitCode);
  }

  /** Ends all processes of the run; the result is the given state. */
  end(state: 'failed' | 'stopped', reason: string): void {
    if (this.ended) return;
    this.ended = { state, reason };
    endRun(process.env[MARK_VARIABLE] ?? '', process.pid).catch(() => {});
  }

  private async follow(child: ChildProcess): Promise<number> {
    const reader = new OutputReader(this.jobs, {
      onStart: job => {
        job.state = 'running';
        job.startedAt = new Date().toISOString();
        this.save();
      },
      onFinish: (job, { exitCode, allowed }) => {
        job.state = exitCode === 0 ? 'succeeded' : 'failed';
        job.finishedAt = new Date().toISOString();
        if (exitCode !== 0 && !allowed)
          this.failed ??= { name: job.name, exitCode };
        this.save();
      },
      onLog: (job, line) => this.log(`${job.id}.log`, line),
      onNote: line => {
        if (this.notes.push(line) > NOTES_KEPT) this.notes.shift();
        this.log(NOTES_LOG, line);
      },
    });
    const lines = createInterface({ input: child.stdout! });
    lines.on('line', line => reader.read(line));
    const drained = once(lines, 'close');
    const exitCode = await new Promise<number>(resolve => {
      child.on('error', error => {
        this.ended ??= { state: 'failed', reason: error.message };
        resolve(1);
      });
      child.on('exit', code => resolve(code ?? 1));
    });
    // What a job left running may hold the pipe open for ever, so the executor's own end counts.
    await Promise.race([drained, delay(DRAIN_MS)]);
    return exitCode;
  }

  private async finish(exitCode: number): Promise<void> {
    const finishedAt = new Date().toISOString();
    for (const job of this.jobs) {
      if (isFinal(job.state)) continue;
      if (job.state === 'running') {
        job.state = this.ended?.state ?? 'failed';
        job.finishedAt = finishedAt;
      } else {
        job.state = 'skipped';
      }
    }
    await this.writing;
    const ending = { ...this.result(exitCode), finishedAt };
    // The end must not get lost: with a full disk it is written as soon as there is room.
    while (!(await this.write(ending))) await delay(REWRITE_AFTER_MS);
  }

  private result(exitCode: number): Omit<Ending, 'finishedAt'> {
    if (this.ended) return this.ended;
    if (exitCode === 0) return { state: 'succeeded' };
    const reason = this.failed
      ? `job ${this.failed.name} failed with exit code ${this.failed.exitCode}; its log says why`
      : this.mask(
          this.notes.filter(line => line.trim() !== '').at(-1) ??
            `the executor ended with code ${exitCode}`,
        );
    return { state: 'failed', reason };
  }

  private log(file: string, line: string): void {
    try {
      appendFileSync(
        path.join(this.spec.logFolder, file),
        `${this.mask(line)}\n`,
        { mode: 0o600 },
      );
    } catch {
      // A full disk must not end the run; its state tells what became of it.
    }
  }

  /** What could not be written is part of the next progress, or of the end. */
  private save(): void {
    this.writing = this.writing.then(() => this.write().then(() => {}));
  }

  /** False where the disk refuses. The log of this process lies on the same disk, so it is told nothing. */
  private async write(ending?: Ending): Promise<boolean> {
    const progress = { jobs: this.jobs.map(job => ({ ...job })), ending };
    try {
      await writeJson(this.spec.progressFile, progress);
      return true;
    } catch {
      return false;
    }
  }
}
