import { ConflictError } from '@backstage/errors';
import { isFinal, Run, RunDetail } from '@mlops-portal/plugin-mlops-common';
import { EngineRegistry } from '../engines/EngineRegistry';
import { StartRunRequest } from '../slices';
import { fromJson } from '../database/values';
import { checkParameters, parametersOf } from './ir';
import { PipelineStore } from './PipelineStore';
import { runOf } from './runRow';
import { RunStore } from './RunStore';
import { TrialStore } from './TrialStore';

export interface RunServiceDeps {
  engines: EngineRegistry;
  pipelines: PipelineStore;
  runs: RunStore;
  trials: TrialStore;
  /** Lets the worker look at once. */
  wake(): void;
}

/** What people and policy do with runs; the worker does the rest. */
export class RunService {
  constructor(private readonly deps: RunServiceDeps) {}

  /**
   * Accepts a run; the worker starts it at the engine. NotFoundError for an unknown pipeline or commit, InputError for
   * parameters that the pipeline does not take, ConflictError while another run is active (a commit waits instead).
   */
  async start(request: StartRunRequest): Promise<Run> {
    const { pipelines, runs, engines } = this.deps;
    const version = await pipelines.version(request.pipeline, request.commit);
    const declared = parametersOf(version.ir);
    checkParameters(declared, request.parameters);
    const run = await runs.create({
      pipeline: request.pipeline,
      engine: engines.get('pipelines').id,
      commit: version.commit,
      message: version.message,
      trigger: request.trigger,
      actor: request.actor,
      because: request.because,
      parameters: request.parameters,
      cache: request.cache,
      idempotencyKey: request.idempotencyKey,
      decisionId: request.decisionId,
    });
    this.deps.wake();
    return run;
  }

  async rerun(
    id: string,
    request: { cache: boolean; idempotencyKey: string; actor: string },
  ): Promise<Run> {
    const row = await this.deps.runs.row(id);
    const { pipeline, commit } = row;
    // Without what the hub filled in: the version in production may be another one by now.
    const parameters = fromJson<Run['parameters']>(row.parameters, {});
    return await this.start({
      ...request,
      pipeline,
      commit,
      parameters,
      trigger: 'rerun',
      because: `run #${row.number} again`,
    });
  }

  async stop(id: string, actor: string, reason: string): Promise<Run> {
    const row = await this.deps.runs.row(id);
    if (isFinal(row.state) && row.state !== 'stopped') {
      throw new ConflictError(
        `run #${row.number} of ${row.pipeline} has already ${row.state}: there is nothing to stop`,
      );
    }
    const because = `stopped by ${actor}${reason ? `: ${reason}` : ''}`;
    await this.deps.runs.requestStop(id, because);
    this.deps.wake();
    return runOf(await this.deps.runs.row(id));
  }

  async get(id: string): Promise<Run> {
    return runOf(await this.deps.runs.row(id));
  }

  async detail(id: string): Promise<RunDetail> {
    const { runs, trials, engines } = this.deps;
    const row = await runs.row(id);
    const [steps, tried, usual] = await Promise.all([
      runs.steps(id),
      trials.list(id, row.trial_metric),
      runs.usual(row.pipeline),
    ]);
    const engine = engines
      .status()
      .find(
        ({ contract, id: e }) => contract === 'pipelines' && e === row.engine,
      );
    return {
      ...runOf(row),
      steps,
      trials: tried,
      trialMetric: row.trial_metric ?? undefined,
      usual,
      engineLinks: engine?.links ?? [],
    };
  }

  /** Log of a step; empty and not complete before the engine has the run. */
  async stepLog(
    at: { id: string; step: string; offset: number },
    signal: AbortSignal,
  ) {
    const row = await this.deps.runs.row(at.id);
    if (!row.engine_run_id) {
      return {
        text: '',
        nextOffset: at.offset,
        complete: isFinal(row.state),
      };
    }
    return await this.deps.engines.get('pipelines', row.engine).getStepLog(
      {
        engineRunId: row.engine_run_id,
        stepId: at.step,
        offset: at.offset,
      },
      { signal },
    );
  }
}
