import { Condition, Rollout } from '@mlops-portal/plugin-mlops-common';
import { EndpointStatus } from '@mlops-portal/plugin-mlops-node';

/** Traffic as it is wanted: shares of revisions that sum to 100. */
export type Traffic = Array<{ revisionId: string; percent: number }>;

export interface EndpointRow {
  name: string;
  model: string;
  engine: string;
  /** Grows with each change of traffic; the fence against changes that cross. */
  generation: number;
  retired: boolean;
  traffic: Traffic;
  status?: EndpointStatus;
  observedAt?: string;
  toldGeneration: number;
  createdAt: string;
}

export interface RevisionRow {
  id: string;
  endpoint: string;
  number: number;
  model: string;
  version: number;
  createdAt: string;
}

export interface ChangeRow {
  id: string;
  endpoint: string;
  number: number;
  at: string;
  actor: string;
  reason: string;
  what: string;
  traffic: Array<{ version: number; percent: number }>;
  outcome: string;
}

export interface RolloutRow {
  id: string;
  endpoint: string;
  version: number;
  revisionId: string;
  steps: number[];
  /** Step that has traffic; -1 before the first one. */
  at: number;
  state: Rollout['state'];
  startedAt: string;
  stepSince: string;
  /** Counters of the revision when the step began. */
  base: { requests: number; errors: number };
  answeredAt?: string;
  checks: Condition[];
  previous: Traffic;
  approvalId?: string;
  reason: string;
  endedBecause?: string;
  actor: string;
  idempotencyKey: string;
}

/** A change of traffic with everything that must become true with it. */
export interface TrafficStep {
  endpoint: string;
  /** Generation that the decision was made on; another one is a ConflictError and nothing changes. */
  expected: number;
  traffic: Traffic;
  retired?: boolean;
  change: Pick<ChangeRow, 'at' | 'actor' | 'reason' | 'what' | 'traffic'>;
  /** What becomes of the change before: replaced, or rolled-back. */
  before: 'replaced' | 'rolled-back';
  rollout?: Partial<RolloutRow> & { id: string };
}

/** What the serving slice keeps. Every write is one transaction. */
export interface ServingStore {
  listEndpoints(): Promise<EndpointRow[]>;
  getEndpoint(name: string): Promise<EndpointRow | undefined>;
  createEndpoint(
    row: Pick<EndpointRow, 'name' | 'model' | 'engine' | 'createdAt'>,
  ): Promise<EndpointRow>;
  /** Revision of a version in an endpoint, made if there is none. */
  ensureRevision(
    revision: Omit<RevisionRow, 'id' | 'number'>,
  ): Promise<RevisionRow>;
  listRevisions(endpoint: string): Promise<RevisionRow[]>;
  getRevision(id: string): Promise<RevisionRow | undefined>;
  listChanges(endpoint: string, limit: number): Promise<ChangeRow[]>;
  findRollout(idempotencyKey: string): Promise<RolloutRow | undefined>;
  /** The rollout that is not finished or rolled back; at most one for each endpoint. */
  openRollout(endpoint: string): Promise<RolloutRow | undefined>;
  lastRollout(endpoint: string): Promise<RolloutRow | undefined>;
  /** ConflictError while another rollout of the endpoint is open. */
  addRollout(row: RolloutRow): Promise<void>;
  updateRollout(id: string, change: Partial<RolloutRow>): Promise<void>;
  changeTraffic(step: TrafficStep): Promise<EndpointRow>;
  saveStatus(name: string, status: EndpointStatus): Promise<void>;
  saveTold(name: string, generation: number): Promise<void>;
}
