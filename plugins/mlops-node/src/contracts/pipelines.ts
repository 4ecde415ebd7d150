import { WorkState } from '@mlops-portal/plugin-mlops-common';
import { CallOptions, Engine } from './engine';
import { LogChunk } from './source';

export interface StartRun {
  /** Our run id; the idempotency key: starting the same id twice gives the same engine run. */
  runId: string;
  /** Name of the pipeline (the problem's name). */
  pipeline: string;
  /** Compiled KFP v2 pipeline (YAML text). */
  ir: string;
  /** The code that the steps import, for homes where no image carries it. */
  code: { cloneUrl: string; commit: string };
  /** Parameters of the pipeline; unset ones keep their defaults. */
  parameters: Record<string, string | number | boolean>;
  /** Environment of every step: OPENLINEAGE_URL, OPENLINEAGE_PARENT_ID, DATA_URI, ... Values may be secret and are never logged. */
  environment: Record<string, string>;
  cache: boolean;
}

export interface StepSnapshot {
  /** Stable within the run; trials of a loop have ids of their own. */
  id: string;
  /** Name of the component: 'extract', 'trial', ... */
  name: string;
  state: WorkState;
  cached: boolean;
  startedAt?: string;
  finishedAt?: string;
  /** Ids of steps whose outputs this one takes. */
  dependsOn: string[];
  /** Parameters by value, artefacts by uri. */
  inputs: Record<string, unknown>;
  outputs: Record<string, unknown>;
  /** Why it failed, the last meaningful line of its log. */
  reason?: string;
}

export interface RunSnapshot {
  engineRunId: string;
  state: WorkState;
  /** Names the failed step and the reason, for people. */
  reason?: string;
  startedAt?: string;
  finishedAt?: string;
  /** In topological order; steps not started yet are `waiting`. */
  steps: StepSnapshot[];
}

/**
 * Runs compiled KFP v2 pipelines. Capabilities: `stop`, `cache`, `stepLogs`, `survivesRestart`.
 *
 * Life cycle: `startRun` returns as soon as the run is accepted; the hub then polls `getRun` until the state is final. A run
 * outlives the portal's process; one that cannot be picked up again ends as `failed` with a reason. Rerun is a new run id with
 * the same request, answered from the cache where `cache` is true.
 */
export interface PipelineEngine extends Engine {
  startRun(
    request: StartRun,
    options: CallOptions,
  ): Promise<{ engineRunId: string }>;
  /** NotFoundError if the engine never heard of it. */
  getRun(engineRunId: string, options: CallOptions): Promise<RunSnapshot>;
  /** Ends every process of the run; stopping a finished run changes nothing. */
  stopRun(engineRunId: string, options: CallOptions): Promise<void>;
  getStepLog(
    at: { engineRunId: string; stepId: string; offset: number },
    options: CallOptions,
  ): Promise<LogChunk>;
}
