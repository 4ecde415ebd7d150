import {
  Endpoint,
  Revision,
  ServingState,
} from '@mlops-portal/plugin-mlops-common';
import { EndpointRow, RevisionRow, RolloutRow } from './ServingStore';

/** The endpoint as pages show it: what is wanted, with what the engine last said about it. */
export function endpointView(
  row: EndpointRow,
  revisions: RevisionRow[],
  rollout: RolloutRow | undefined,
  riskClass: string,
): Endpoint {
  const state = stateOf(row, rollout);
  return {
    name: row.name,
    engine: row.engine,
    model: row.model,
    state,
    reason: row.status?.reason,
    url: row.status?.url ?? '',
    revisions: revisions.map(revision => revisionView(row, revision)),
    rollout: rollout && {
      version: rollout.version,
      steps: rollout.steps,
      at: rollout.at,
      state: rollout.state,
      startedAt: rollout.startedAt,
      stepSince: rollout.stepSince,
      checks: rollout.checks,
      approvalId: rollout.approvalId,
      reason: rollout.endedBecause ?? rollout.reason,
    },
    generation: row.generation,
    observedAt: row.observedAt,
    createdAt: row.createdAt,
    riskClass,
  };
}

function stateOf(row: EndpointRow, rollout?: RolloutRow): ServingState {
  if (row.retired) return 'retired';
  if (!row.status) return row.traffic.length ? 'starting' : 'unknown';
  const taken = row.status.revisions.some(revision => revision.percent > 0);
  if (row.status.state === 'answering' && !taken) return 'starting';
  const shared = row.traffic.filter(t => t.percent > 0).length > 1;
  if (row.status.state === 'answering' && shared && rollout) return 'canary';
  return row.status.state;
}

function revisionView(row: EndpointRow, revision: RevisionRow): Revision {
  const seen = row.status?.revisions.find(r => r.id === revision.id);
  // Shares as the engine follows them, not as they are wanted: it moves traffic only to what answers.
  const percent = seen?.percent ?? 0;
  const wanted = row.traffic.some(
    t => t.revisionId === revision.id && t.percent > 0,
  );
  return {
    id: revision.id,
    number: revision.number,
    model: revision.model,
    version: revision.version,
    state: seen?.state ?? (wanted ? 'starting' : 'retired'),
    reason: seen?.reason,
    percent,
    requests: seen?.requests ?? 0,
    errors: seen?.errors ?? 0,
    p50Ms: seen?.p50Ms,
    p95Ms: seen?.p95Ms,
    createdAt: revision.createdAt,
  };
}
