import { randomUUID } from 'node:crypto';
import { Trigger } from '@mlops-portal/plugin-mlops-common';
import { isoTime, toJson } from '../database/values';
import { RunRow } from './runRow';

export interface NewRun {
  pipeline: string;
  engine: string;
  commit: string;
  message: string;
  trigger: Trigger;
  actor: string;
  because?: string;
  parameters: Record<string, string | number | boolean>;
  cache: boolean;
  idempotencyKey: string;
  decisionId?: string;
}

/** The row of a run that was just accepted; `turn` says whether it is the active one. */
export function newRow(
  run: NewRun,
  number: number,
  fingerprint: string,
  turn: boolean,
): RunRow {
  return {
    id: randomUUID(),
    pipeline: run.pipeline,
    number,
    engine: run.engine,
    engine_run_id: null,
    state: 'waiting',
    active: turn ? run.pipeline : null,
    reason: null,
    trigger: run.trigger,
    actor: run.actor,
    because: run.because ?? null,
    commit: run.commit,
    message: run.message,
    parameters: toJson(run.parameters),
    filled: null,
    cache: run.cache,
    idempotency_key: run.idempotencyKey,
    fingerprint,
    created_at: isoTime(),
    started_at: null,
    finished_at: null,
    asked_at: null,
    observed_at: null,
    stop_reason: null,
    version_made: null,
    metric: null,
    trial_metric: null,
    decision_id: run.decisionId ?? null,
  };
}
