import { LoggerService } from '@backstage/backend-plugin-api';
import { EngineRegistry } from '../engines/EngineRegistry';
import { ProblemsSlice, RegistrySlice } from '../slices';
import { LeaseStore } from '../jobs/LeaseStore';
import { Loop } from '../jobs/Loop';
import { filledParameters } from './filledParameters';
import { parametersOf } from './ir';
import { PipelineStore } from './PipelineStore';
import { runOf, RunRow } from './runRow';
import { RunProgress, RunStore } from './RunStore';
import { PortalAccess, stepEnvironment } from './stepEnvironment';

/** How long a run waits to be looked at after the process that did has died. */
const LEASE_MS = 30_000;
const POLL_MS = 1000;

export interface RunWorkerDeps {
  engines: EngineRegistry;
  leases: LeaseStore;
  logger: LoggerService;
  pipelines: PipelineStore;
  runs: RunStore;
  registry: Pick<RegistrySlice, 'champion' | 'getVersion'>;
  problems: Pick<ProblemsSlice, 'facts'>;
  access: PortalAccess;
  cloneUrl(pipeline: string): Promise<string>;
  ended(run: RunRow): void;
  pollMs?: number;
}

/**
 * Carries runs from accepted to ended: starts them at the engine, looks at them about once a second, stops them. Each run is
 * claimed by a lease, and each act may be repeated: the engine knows a run by our id, so a death between starting a run and
 * storing that leaves nothing twice.
 */
export class RunWorker {
  private readonly loop: Loop;

  constructor(private readonly deps: RunWorkerDeps) {
    this.loop = new Loop({
      name: 'following runs',
      everyMs: deps.pollMs ?? POLL_MS,
      logger: deps.logger,
      work: signal => this.round(signal),
    });
  }

  start(): void {
    this.loop.start();
  }

  wake(): void {
    this.loop.wake();
  }

  stop(): Promise<void> {
    return this.loop.stop();
  }

  /** One look at every active run. */
  async round(signal: AbortSignal): Promise<void> {
    const { runs, leases, logger } = this.deps;
    await runs.promoteWaiting();
    const looks = (await runs.activeIds()).map(id =>
      leases.withLease(`run/${id}`, LEASE_MS, () => this.look(id, signal)),
    );
    for (const look of await Promise.allSettled(looks)) {
      if (look.status === 'rejected') {
        logger.warn(`a run could not be followed, tried again: ${look.reason}`);
      }
    }
  }

  private async look(id: string, signal: AbortSignal): Promise<void> {
    const row = await this.deps.runs.row(id);
    if (row.active === null) return;
    try {
      if (row.stop_reason !== null) await this.end(row, signal);
      else if (row.engine_run_id)
        await this.follow(row, row.engine_run_id, signal);
      else await this.begin(row, signal);
    } catch (error) {
      if (signal.aborted) return;
      await this.failed(row, error as Error);
    }
  }

  private async begin(row: RunRow, signal: AbortSignal): Promise<void> {
    const { engines, pipelines, runs, access, cloneUrl } = this.deps;
    const { ir } = await pipelines.version(row.pipeline, row.commit);
    const projectUrl = await cloneUrl(row.pipeline);
    const asked = row.asked_at
      ? row
      : await runs.asking(row.id, await this.filled(row, ir));
    const { engineRunId } = await engines.get('pipelines', row.engine).startRun(
      {
        runId: row.id,
        pipeline: row.pipeline,
        ir,
        code: { cloneUrl: projectUrl, commit: row.commit },
        parameters: runOf(asked).parameters,
        environment: stepEnvironment(access, { ...row, projectUrl }),
        cache: Boolean(row.cache),
      },
      { signal },
    );
    await runs.setEngineRun(row.id, engineRunId);
    await this.follow(row, engineRunId, signal);
  }

  private async filled(
    row: RunRow,
    ir: string,
  ): Promise<Record<string, string>> {
    const { registry, problems } = this.deps;
    const champion = await registry.champion(row.pipeline);
    if (!champion) return {};
    const [version, facts] = await Promise.all([
      registry.getVersion(row.pipeline, champion.version),
      problems.facts(row.pipeline),
    ]);
    return filledParameters({
      declared: parametersOf(ir),
      trigger: row.trigger,
      given: runOf(row).parameters,
      policyUntil: facts.windows.until,
      production: { uri: version.artifact.uri, testTo: version.test?.to },
    });
  }

  private async follow(
    row: RunRow,
    engineRunId: string,
    signal: AbortSignal,
  ): Promise<void> {
    const engine = this.deps.engines.get('pipelines', row.engine);
    const seen = await engine.getRun(engineRunId, { signal });
    await this.store(row, seen);
  }

  private async end(row: RunRow, signal: AbortSignal): Promise<void> {
    if (!row.asked_at) {
      const reason = row.stop_reason ?? undefined;
      await this.store(row, { state: 'stopped', reason });
      return;
    }
    if (!row.engine_run_id) {
      // It may have been started just before the hub died: asking for it by our id gives the engine's.
      await this.begin({ ...row, stop_reason: null }, signal);
    }
    const { engine_run_id: engineRunId } = await this.deps.runs.row(row.id);
    const engine = this.deps.engines.get('pipelines', row.engine);
    await engine.stopRun(engineRunId!, { signal });
    const seen = await engine.getRun(engineRunId!, { signal });
    await this.store(
      row,
      seen.state === 'stopped'
        ? { ...seen, reason: row.stop_reason ?? seen.reason }
        : seen,
    );
  }

  private async store(row: RunRow, seen: RunProgress): Promise<void> {
    const { state, reason, startedAt, finishedAt, steps } = seen;
    const ended = await this.deps.runs.progress(row.id, {
      state,
      reason,
      startedAt,
      finishedAt,
      steps,
    });
    if (ended) this.deps.ended(row);
  }

  /** An engine that does not answer is asked again; one that refuses the run, or lost it, ends it with the reason. */
  private async failed(row: RunRow, error: Error): Promise<void> {
    const refused = [
      'InputError',
      'NotFoundError',
      'ConflictError',
      'NotAllowedError',
    ];
    if (!refused.includes(error.name)) {
      await this.deps.runs.note(row.id, `${error.message}; it is asked again`);
      return;
    }
    const reason = row.engine_run_id
      ? `the pipeline engine "${row.engine}" lost this run: ${error.message}`
      : `the run could not be started: ${error.message}`;
    const ended = await this.deps.runs.progress(row.id, {
      state: 'failed',
      reason,
    });
    if (ended) this.deps.ended(row);
  }
}
