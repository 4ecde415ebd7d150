import { Run, Trigger, WorkState } from '@mlops-portal/plugin-mlops-common';
import { fromJson, orAbsent } from '../database/values';

export interface RunRow {
  id: string;
  pipeline: string;
  number: number;
  engine: string;
  engine_run_id: string | null;
  state: WorkState;
  active: string | null;
  reason: string | null;
  trigger: Trigger;
  actor: string;
  because: string | null;
  commit: string;
  message: string;
  parameters: string;
  filled: string | null;
  cache: boolean | number;
  idempotency_key: string;
  fingerprint: string;
  created_at: string;
  started_at: string | null;
  finished_at: string | null;
  asked_at: string | null;
  observed_at: string | null;
  stop_reason: string | null;
  version_made: number | null;
  metric: string | null;
  trial_metric: string | null;
  decision_id: string | null;
}

export function runOf(row: RunRow): Run {
  return {
    id: row.id,
    number: row.number,
    pipeline: row.pipeline,
    engine: row.engine,
    state: row.state,
    reason: orAbsent(row.reason),
    trigger: row.trigger,
    actor: row.actor,
    because: orAbsent(row.because),
    commit: row.commit,
    message: row.message || undefined,
    parameters: {
      ...fromJson(row.parameters, {}),
      ...fromJson(row.filled, {}),
    },
    createdAt: row.created_at,
    startedAt: orAbsent(row.started_at),
    finishedAt: orAbsent(row.finished_at),
    observedAt: orAbsent(row.observed_at),
    versionMade: orAbsent(row.version_made),
    metric: fromJson<Run['metric']>(row.metric, undefined),
    decisionId: orAbsent(row.decision_id),
  };
}
