import { randomUUID } from 'node:crypto';
import { Knex } from 'knex';
import { ConflictError } from '@backstage/errors';
import { EndpointStatus } from '@mlops-portal/plugin-mlops-node';
import {
  ChangeRow,
  EndpointRow,
  RevisionRow,
  RolloutRow,
  ServingStore,
  TrafficStep,
} from './ServingStore';

const OPEN = ['running', 'waiting-for-approval'];

export class DatabaseServingStore implements ServingStore {
  constructor(private readonly knex: Knex) {}

  async listEndpoints() {
    const rows = await this.knex('mlops_endpoints').orderBy('name');
    return rows.map(endpointOf);
  }

  async getEndpoint(name: string) {
    const row = await this.knex('mlops_endpoints').where({ name }).first();
    return row && endpointOf(row);
  }

  async createEndpoint(
    row: Pick<EndpointRow, 'name' | 'model' | 'engine' | 'createdAt'>,
  ) {
    await this.knex('mlops_endpoints')
      .insert({
        name: row.name,
        model: row.model,
        engine: row.engine,
        generation: 0,
        retired: false,
        traffic: '[]',
        created_at: row.createdAt,
      })
      .onConflict('name')
      .ignore();
    return (await this.getEndpoint(row.name))!;
  }

  async ensureRevision(wanted: Omit<RevisionRow, 'id' | 'number'>) {
    return this.knex.transaction(async tx => {
      const key = {
        endpoint: wanted.endpoint,
        model: wanted.model,
        version: wanted.version,
      };
      const found = await tx('mlops_revisions').where(key).first();
      if (found) return revisionOf(found);
      const number = await nextNumber(tx, 'mlops_revisions', wanted.endpoint);
      const row = {
        ...key,
        id: randomUUID(),
        number,
        created_at: wanted.createdAt,
      };
      await tx('mlops_revisions').insert(row);
      return revisionOf(row);
    });
  }

  async listRevisions(endpoint: string) {
    const rows = await this.knex('mlops_revisions')
      .where({ endpoint })
      .orderBy('number', 'desc');
    return rows.map(revisionOf);
  }

  async getRevision(id: string) {
    const row = await this.knex('mlops_revisions').where({ id }).first();
    return row && revisionOf(row);
  }

  async listChanges(endpoint: string, limit: number): Promise<ChangeRow[]> {
    const rows = await this.knex('mlops_traffic_changes')
      .where({ endpoint })
      .orderBy('number', 'desc')
      .limit(limit);
    return rows.map(row => ({ ...row, traffic: JSON.parse(row.traffic) }));
  }

  async findRollout(idempotencyKey: string) {
    const row = await this.knex('mlops_rollouts')
      .where({ idempotency_key: idempotencyKey })
      .first();
    return row && rolloutOf(row);
  }

  async openRollout(endpoint: string) {
    const row = await this.knex('mlops_rollouts')
      .where({ endpoint })
      .whereIn('state', OPEN)
      .first();
    return row && rolloutOf(row);
  }

  async lastRollout(endpoint: string) {
    const row = await this.knex('mlops_rollouts')
      .where({ endpoint })
      .orderBy('started_at', 'desc')
      .first();
    return row && rolloutOf(row);
  }

  async addRollout(rollout: RolloutRow) {
    await this.knex.transaction(async tx => {
      // The endpoint's row is the lock: two rollouts that start at once are told apart by it.
      await tx('mlops_endpoints')
        .where({ name: rollout.endpoint })
        .update({ name: rollout.endpoint });
      const open = await tx('mlops_rollouts')
        .where({ endpoint: rollout.endpoint })
        .whereIn('state', OPEN)
        .first();
      if (open) {
        throw new ConflictError(
          `${rollout.endpoint}: version ${open.version} is being rolled out; finish it or roll it back first`,
        );
      }
      await tx('mlops_rollouts').insert(columnsOf(rollout));
    });
  }

  async updateRollout(id: string, change: Partial<RolloutRow>) {
    await this.knex('mlops_rollouts').where({ id }).update(columnsOf(change));
  }

  async changeTraffic(step: TrafficStep) {
    return this.knex.transaction(async tx => {
      const changed = await tx('mlops_endpoints')
        .where({ name: step.endpoint, generation: step.expected })
        .update({
          generation: step.expected + 1,
          traffic: JSON.stringify(step.traffic),
          retired: step.retired ?? false,
        });
      if (!changed) {
        throw new ConflictError(
          `${step.endpoint}: its traffic was changed by somebody else in the meantime; look again and repeat what still holds`,
        );
      }
      await tx('mlops_traffic_changes')
        .where({ endpoint: step.endpoint, outcome: 'answering' })
        .update({ outcome: step.before });
      await tx('mlops_traffic_changes').insert({
        ...step.change,
        id: randomUUID(),
        endpoint: step.endpoint,
        number: await nextNumber(tx, 'mlops_traffic_changes', step.endpoint),
        traffic: JSON.stringify(step.change.traffic),
        outcome: step.retired ? 'retired' : 'answering',
      });
      if (step.rollout) {
        await tx('mlops_rollouts')
          .where({ id: step.rollout.id })
          .update(columnsOf(step.rollout));
      }
      const row = await tx('mlops_endpoints')
        .where({ name: step.endpoint })
        .first();
      return endpointOf(row);
    });
  }

  async saveStatus(name: string, status: EndpointStatus) {
    await this.knex('mlops_endpoints')
      .where({ name })
      .update({
        status: JSON.stringify(status),
        observed_at: status.observedAt,
      });
  }

  async saveTold(name: string, generation: number) {
    await this.knex('mlops_endpoints')
      .where({ name })
      .where('told_generation', '<', generation)
      .update({ told_generation: generation });
  }
}

async function nextNumber(tx: Knex, table: string, endpoint: string) {
  const last = await tx(table)
    .where({ endpoint })
    .max({ number: 'number' })
    .first();
  return Number(last?.number ?? 0) + 1;
}

function endpointOf(row: any): EndpointRow {
  return {
    name: row.name,
    model: row.model,
    engine: row.engine,
    generation: row.generation,
    retired: Boolean(row.retired),
    traffic: JSON.parse(row.traffic),
    status: row.status ? JSON.parse(row.status) : undefined,
    observedAt: row.observed_at ?? undefined,
    toldGeneration: row.told_generation,
    createdAt: row.created_at,
  };
}

function revisionOf(row: any): RevisionRow {
  const { created_at: createdAt, ...rest } = row;
  return { ...rest, createdAt };
}

const ROLLOUT_COLUMNS: Record<string, { column: string; json?: boolean }> = {
  id: { column: 'id' },
  endpoint: { column: 'endpoint' },
  version: { column: 'version' },
  revisionId: { column: 'revision_id' },
  steps: { column: 'steps', json: true },
  at: { column: 'at' },
  state: { column: 'state' },
  startedAt: { column: 'started_at' },
  stepSince: { column: 'step_since' },
  base: { column: 'base', json: true },
  answeredAt: { column: 'answered_at' },
  checks: { column: 'checks', json: true },
  previous: { column: 'previous', json: true },
  approvalId: { column: 'approval_id' },
  reason: { column: 'reason' },
  endedBecause: { column: 'ended_because' },
  actor: { column: 'actor' },
  idempotencyKey: { column: 'idempotency_key' },
};

function columnsOf(rollout: Partial<RolloutRow>) {
  return Object.fromEntries(
    Object.entries(rollout)
      .filter(([key, value]) => value !== undefined && ROLLOUT_COLUMNS[key])
      .map(([key, value]) => {
        const { column, json } = ROLLOUT_COLUMNS[key];
        return [column, json ? JSON.stringify(value) : value];
      }),
  );
}

function rolloutOf(row: any): RolloutRow {
  return Object.fromEntries(
    Object.entries(ROLLOUT_COLUMNS).map(([key, { column, json }]) => [
      key,
      json ? JSON.parse(row[column]) : row[column] ?? undefined,
    ]),
  ) as unknown as RolloutRow;
}
