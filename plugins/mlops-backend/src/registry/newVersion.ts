import { toJson } from '../database/values';
import { ReportedModel } from './modelEvent';
import { VersionRow } from './versionRow';

export interface NewVersion extends ReportedModel {
  /** Run that made it: ours, or the one an outside program named. */
  sourceRun: string;
  runId?: string;
  runNumber?: number;
  commit?: string;
  dataVersion?: string;
  engine: string;
  primaryMetric?: string;
  championVersion?: number;
}

/** The row by which a version begins. */
export function rowOf(
  made: NewVersion,
  version: number,
  now: string,
  stage: string,
): VersionRow {
  return {
    model: made.model,
    version,
    state: 'pending',
    reason: null,
    stage,
    source_run: made.sourceRun,
    run_id: made.runId ?? null,
    run_number: made.runNumber ?? null,
    commit: made.commit ?? null,
    data_version: made.dataVersion ?? null,
    engine: made.engine,
    uri: made.artifact.uri,
    sha256: made.artifact.sha256,
    primary_metric: made.primaryMetric ?? null,
    champion_version: made.championVersion ?? null,
    artifact: toJson(made.artifact),
    facts: toJson(made.facts),
    created_at: now,
    next_try: now,
    tries: 0,
  };
}
