import {
  Approval,
  Artifact,
  Version,
  VersionDetail,
  VersionState,
} from '@mlops-portal/plugin-mlops-common';
import { fromJson, orAbsent } from '../database/values';
import { VersionFacts } from './modelEvent';

export interface VersionRow {
  model: string;
  version: number;
  state: VersionState;
  reason: string | null;
  stage: string;
  source_run: string;
  run_id: string | null;
  run_number: number | null;
  commit: string | null;
  data_version: string | null;
  engine: string;
  uri: string;
  sha256: string;
  primary_metric: string | null;
  champion_version: number | null;
  artifact: string;
  facts: string;
  created_at: string;
  next_try: string;
  tries: number;
}

export interface TransitionRow {
  id: number;
  model: string;
  version: number;
  at: string;
  actor: string;
  what: string;
  from: string | null;
  to: string | null;
  reason: string | null;
}

/** What is known of versions in other tables. */
export interface VersionLinks {
  aliases: string[];
  traffic: Array<{ endpoint: string; percent: number }>;
  approvals: Approval[];
}

export function factsOf(row: VersionRow): VersionFacts {
  return JSON.parse(row.facts) as VersionFacts;
}

export function versionOf(row: VersionRow, links: VersionLinks): Version {
  const facts = factsOf(row);
  const name = row.primary_metric;
  const value = name === null ? undefined : facts.metrics[name];
  return {
    model: row.model,
    version: row.version,
    state: row.state,
    reason: orAbsent(row.reason),
    stage: row.stage,
    aliases: links.aliases,
    createdAt: row.created_at,
    runId: orAbsent(row.run_id),
    runNumber: orAbsent(row.run_number),
    commit: orAbsent(row.commit),
    dataVersion: orAbsent(row.data_version),
    metrics: facts.metrics,
    primary: name !== null && value !== undefined ? { name, value } : undefined,
    train: facts.train,
    test: facts.test,
    approval: links.approvals[0]?.state,
    traffic: links.traffic,
  };
}

export function versionDetailOf(
  row: VersionRow,
  links: VersionLinks,
  transitions: TransitionRow[],
): VersionDetail {
  const facts = factsOf(row);
  return {
    ...versionOf(row, links),
    artifact: fromJson<Artifact>(row.artifact, {} as Artifact),
    framework: facts.framework,
    signature: facts.signature,
    parameters: facts.parameters,
    baseline: facts.baseline,
    champion: facts.champion,
    championVersion: orAbsent(row.champion_version),
    gate: facts.gate,
    plots: facts.plots,
    slices: facts.slices,
    importances: facts.importances,
    approvals: links.approvals,
    transitions: transitions.map(({ at, actor, what, from, to, reason }) => ({
      at,
      actor,
      what,
      from: orAbsent(from),
      to: orAbsent(to),
      reason: orAbsent(reason),
    })),
  };
}

/** Whether a fact of the gate is met for each condition; a run without a gate passes nothing. */
export function gatePassed(row: VersionRow): boolean {
  const { gate } = factsOf(row);
  return gate.length > 0 && gate.every(({ state }) => state === 'met');
}
