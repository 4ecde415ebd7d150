import { randomUUID } from 'node:crypto';
import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  Endpoint,
  RiskClass,
  rolloutSteps,
  TrafficBeforeApproval,
  Version,
} from '@mlops-portal/plugin-mlops-common';
import { ProblemsSlice, RegistrySlice } from '../slices';
import { endpointView } from './endpointView';
import { EndpointRow, RolloutRow, ServingStore, Traffic } from './ServingStore';

export interface ServingDeps {
  store: ServingStore;
  registry: RegistrySlice;
  problems: ProblemsSlice;
  /** Id of the engine that new endpoints are made on. */
  engineId: () => string;
  freeShares: TrafficBeforeApproval;
  /** Runs one round of the rollout worker for an endpoint now instead of at the next tick. */
  kick: (endpoint: string) => void;
  now: () => Date;
}

export interface DeployRequest {
  endpoint: string;
  version: number;
  reason: string;
  idempotencyKey: string;
  actor: string;
}

/** Acts on endpoints. Each act is decided on one generation and stored at once; the worker makes it true at the engine. */
export class ServingService {
  constructor(private readonly deps: ServingDeps) {}

  async deploy(request: DeployRequest): Promise<Endpoint> {
    const { store, registry, problems } = this.deps;
    const known = await store.findRollout(request.idempotencyKey);
    if (known) return this.get(known.endpoint);
    const version = await registry.getVersion(
      request.endpoint,
      request.version,
    );
    assertReady(version);
    const facts = await problems.facts(version.model);
    const now = this.deps.now().toISOString();
    const endpoint = await store.createEndpoint({
      name: request.endpoint,
      model: version.model,
      engine: this.deps.engineId(),
      createdAt: now,
    });
    const revision = await store.ensureRevision({
      endpoint: endpoint.name,
      model: version.model,
      version: version.version,
      createdAt: now,
    });
    if (
      endpoint.traffic.some(
        t => t.revisionId === revision.id && t.percent === 100,
      )
    ) {
      throw new ConflictError(
        `${endpoint.name}: version ${version.version} has all traffic already; choose another one`,
      );
    }
    const first = endpoint.retired || endpoint.traffic.length === 0;
    const steps = rolloutSteps(facts.canary, first);
    const rollout: RolloutRow = {
      id: randomUUID(),
      endpoint: endpoint.name,
      version: version.version,
      revisionId: revision.id,
      steps,
      at: -1,
      state: 'running',
      startedAt: now,
      stepSince: now,
      base: { requests: 0, errors: 0 },
      checks: [],
      previous: first ? [] : endpoint.traffic,
      reason: request.reason,
      actor: request.actor,
      idempotencyKey: request.idempotencyKey,
    };
    await store.addRollout(rollout);
    await this.askApproval(rollout, version, facts.riskClass, request);
    this.deps.kick(endpoint.name);
    return this.get(endpoint.name);
  }

  /** Asks at the start, not when the canary waits: the approver has the canary's time to read. */
  private async askApproval(
    rollout: RolloutRow,
    version: Version,
    risk: RiskClass,
    request: DeployRequest,
  ) {
    if (this.deps.freeShares[risk] >= 100) return;
    const known = await this.deps.registry.approvalOf(
      version.model,
      version.version,
    );
    if (known?.state === 'approved') {
      await this.deps.store.updateRollout(rollout.id, { approvalId: known.id });
      return;
    }
    const approval = await this.deps.registry.requestApproval({
      model: version.model,
      version: version.version,
      endpoint: request.endpoint,
      reason: request.reason,
      actor: request.actor,
    });
    await this.deps.store.updateRollout(rollout.id, {
      approvalId: approval.id,
    });
  }

  async get(name: string): Promise<Endpoint> {
    const row = await this.row(name);
    const facts = await this.deps.problems
      .facts(row.model)
      .catch(() => undefined);
    const [revisions, open, last] = await Promise.all([
      this.deps.store.listRevisions(name),
      this.deps.store.openRollout(name),
      this.deps.store.lastRollout(name),
    ]);
    return endpointView(
      row,
      revisions,
      open ?? last,
      facts?.riskClass ?? 'limited',
    );
  }

  async list(): Promise<Endpoint[]> {
    const rows = await this.deps.store.listEndpoints();
    return Promise.all(rows.map(row => this.get(row.name)));
  }

  async row(name: string): Promise<EndpointRow> {
    const row = await this.deps.store.getEndpoint(name);
    if (!row)
      throw new NotFoundError(
        `there is no endpoint ${name}; deploy a version of the model to make it`,
      );
    return row;
  }

  /** All traffic to the version before (or to `version`), whatever the rollout is doing. */
  async rollback(request: {
    endpoint: string;
    version?: number;
    reason: string;
    actor: string;
    what?: string;
  }): Promise<Endpoint> {
    const { store } = this.deps;
    const row = await this.row(request.endpoint);
    const open = await store.openRollout(row.name);
    const target = await this.rollbackTarget(row, open, request.version);
    const at = this.deps.now().toISOString();
    await store.changeTraffic({
      endpoint: row.name,
      expected: row.generation,
      traffic: target.traffic,
      retired: target.traffic.length === 0,
      before: 'rolled-back',
      change: {
        at,
        actor: request.actor,
        reason: request.reason,
        what: request.what ?? 'rollback',
        traffic: await this.byVersion(target.traffic),
      },
      rollout: open && {
        id: open.id,
        state: 'rolled-back',
        endedBecause: request.reason,
      },
    });
    this.deps.kick(row.name);
    return this.get(row.name);
  }

  private async rollbackTarget(
    row: EndpointRow,
    open: RolloutRow | undefined,
    version?: number,
  ): Promise<{ traffic: Traffic }> {
    if (version !== undefined) {
      const revision = (await this.deps.store.listRevisions(row.name)).find(
        r => r.version === version,
      );
      if (!revision)
        throw new NotFoundError(
          `${row.name}: version ${version} has never been in this endpoint; deploy it instead`,
        );
      return { traffic: [{ revisionId: revision.id, percent: 100 }] };
    }
    if (open) return { traffic: open.previous };
    const before = await previousChampion(this.deps.store, row);
    if (!before)
      throw new ConflictError(
        `${row.name}: there is no version before this one to go back to`,
      );
    return { traffic: [{ revisionId: before, percent: 100 }] };
  }

  async retire(request: {
    endpoint: string;
    reason: string;
    actor: string;
  }): Promise<Endpoint> {
    const row = await this.row(request.endpoint);
    const open = await this.deps.store.openRollout(row.name);
    await this.deps.store.changeTraffic({
      endpoint: row.name,
      expected: row.generation,
      traffic: [],
      retired: true,
      before: 'replaced',
      change: {
        at: this.deps.now().toISOString(),
        actor: request.actor,
        reason: request.reason,
        what: 'retire',
        traffic: [],
      },
      rollout: open && {
        id: open.id,
        state: 'rolled-back',
        endedBecause: request.reason,
      },
    });
    this.deps.kick(row.name);
    return this.get(row.name);
  }

  async byVersion(
    traffic: Traffic,
  ): Promise<Array<{ version: number; percent: number }>> {
    return Promise.all(
      traffic.map(async ({ revisionId, percent }) => ({
        version: (await this.deps.store.getRevision(revisionId))!.version,
        percent,
      })),
    );
  }
}

function assertReady(version: Version) {
  if (version.state !== 'ready') {
    throw new ConflictError(
      `${version.model} version ${version.version} is ${version.state}${
        version.reason ? `: ${version.reason}` : ''
      }; only a ready version can be deployed`,
    );
  }
}

/** Revision that had all traffic before the one that has it now. */
export async function previousChampion(
  store: ServingStore,
  row: EndpointRow,
): Promise<string | undefined> {
  const current = row.traffic.find(t => t.percent === 100)?.revisionId;
  const revisions = await store.listRevisions(row.name);
  const now = revisions.find(r => r.id === current)?.version;
  const changes = await store.listChanges(row.name, 100);
  const before = changes.find(
    change =>
      change.outcome !== 'rolled-back' &&
      change.traffic.some(t => t.percent === 100 && t.version !== now),
  );
  const version = before?.traffic.find(t => t.percent === 100)?.version;
  return revisions.find(r => r.version === version)?.id;
}
