import { NotFoundError } from '@backstage/errors';
import { isFinal } from '@mlops-portal/plugin-mlops-common';
import {
  CallOptions,
  PipelineEngine,
  RunSnapshot,
  StartRun,
} from '../../contracts';
import { FakeEngine } from './FakeEngine';
import { chunkOf } from './FakeSourceEngine';

/** A pipeline engine that runs nothing: a run stays as the test last set it. For tests of the hub. */
export class FakePipelineEngine extends FakeEngine implements PipelineEngine {
  /** Requests by our run id. */
  readonly started = new Map<string, StartRun>();
  /** Text by `<our run id>/<step>`. */
  readonly logs = new Map<string, string>();
  private readonly snapshots = new Map<string, RunSnapshot>();
  /** Thrown by the next `startRun` after it has taken the run: the answer is lost. */
  loseNextAnswer?: Error;

  constructor(id = 'fake', capabilities: Record<string, boolean> = {}) {
    const all = { stop: true, cache: true, stepLogs: true };
    super(id, { ...all, survivesRestart: false, ...capabilities });
  }

  /** What `getRun` tells from now on; times are filled in. */
  set(runId: string, changes: Partial<RunSnapshot>): void {
    const engineRunId = engineIdOf(runId);
    const now = new Date().toISOString();
    const before = this.snapshot(engineRunId);
    const state = changes.state ?? before.state;
    this.snapshots.set(engineRunId, {
      ...before,
      ...(state === 'waiting' ? {} : { startedAt: before.startedAt ?? now }),
      ...(isFinal(state) ? { finishedAt: now } : {}),
      ...changes,
    });
  }

  async startRun(request: StartRun, options: CallOptions) {
    this.enter('startRun', options);
    const engineRunId = engineIdOf(request.runId);
    if (!this.snapshots.has(engineRunId)) {
      this.started.set(request.runId, request);
      this.snapshots.set(engineRunId, {
        engineRunId,
        state: 'waiting',
        steps: [],
      });
    }
    const lost = this.loseNextAnswer;
    this.loseNextAnswer = undefined;
    if (lost) throw lost;
    return { engineRunId };
  }

  async getRun(engineRunId: string, options: CallOptions) {
    this.enter('getRun', options);
    return this.snapshot(engineRunId);
  }

  async stopRun(engineRunId: string, options: CallOptions): Promise<void> {
    this.enter('stopRun', options);
    const run = this.snapshot(engineRunId);
    if (isFinal(run.state)) return;
    const finishedAt = new Date().toISOString();
    const steps = run.steps.map(step =>
      isFinal(step.state)
        ? step
        : { ...step, state: 'stopped' as const, finishedAt },
    );
    this.snapshots.set(engineRunId, {
      ...run,
      state: 'stopped',
      finishedAt,
      steps,
    });
  }

  async getStepLog(
    at: Parameters<PipelineEngine['getStepLog']>[0],
    options: CallOptions,
  ) {
    this.enter('getStepLog', options);
    this.snapshot(at.engineRunId);
    const text = this.logs.get(`${runIdOf(at.engineRunId)}/${at.stepId}`);
    if (text === undefined) {
      throw new NotFoundError(`there is no step ${at.stepId}`);
    }
    return chunkOf(text, at.offset);
  }

  private snapshot(engineRunId: string): RunSnapshot {
    const found = this.snapshots.get(engineRunId);
    if (!found) throw new NotFoundError(`there is no run ${engineRunId}`);
    return found;
  }
}

function engineIdOf(runId: string): string {
  return `fake-${runId}`;
}

function runIdOf(engineRunId: string): string {
  return engineRunId.replace(/^fake-/, '');
}
