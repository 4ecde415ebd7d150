import { Knex } from 'knex';
import { isoTime } from '../database/values';
import { RegistrySlice } from '../slices';
import { Outbox } from '../jobs/Outbox';
import { aliasesFor, stageFor } from './traffic';
import { TrafficRow } from './VersionReader';
import { VersionRow } from './versionRow';
import { VersionStore } from './VersionStore';

/** Outbox topic: which versions answer at an endpoint has changed. */
export const TRAFFIC_CHANGED = 'traffic.changed';

export interface TrafficChanged {
  model: string;
  endpoint: string;
  at: string;
  /** What was done at the endpoint, by whom and why. */
  what?: string;
  actor: string;
  reason: string;
  /** Versions whose share changed; percent before and after. */
  changes: Array<{
    version: number;
    revision?: string;
    from: number;
    to: number;
  }>;
}

type Change = Parameters<RegistrySlice['noteTraffic']>[0];

/** Follows the endpoints: aliases, stages and transitions of versions as their traffic changes. */
export class TrafficService {
  constructor(
    private readonly deps: {
      knex: Knex;
      versions: VersionStore;
      outbox: Outbox;
      withdraw(
        model: string,
        version: number,
        by: { actor: string; reason: string },
      ): Promise<void>;
    },
  ) {}

  /** The same traffic again changes nothing. */
  async note(change: Change): Promise<void> {
    const { model, endpoint, actor, reason } = change;
    const gone = await this.deps.knex.transaction(async trx => {
      await trx('models').where({ name: model }).update({ name: model });
      const known = await trx<TrafficRow>('version_traffic').where({ model });
      const before = known.filter(row => row.endpoint === endpoint);
      await this.write(trx, change, before);
      const now = await trx<TrafficRow>('version_traffic').where({ model });
      await this.setAliases(trx, change, now);
      return await this.setStages(trx, change, before, now);
    });
    for (const version of gone) {
      await this.deps.withdraw(model, version, { actor, reason });
    }
    this.deps.outbox.wake();
  }

  private async write(
    trx: Knex,
    change: Change,
    before: TrafficRow[],
  ): Promise<void> {
    const { model, endpoint, traffic, actor, reason } = change;
    const share = (rows: Array<{ version: number; percent: number }>) =>
      new Map(rows.map(row => [row.version, row.percent]));
    const old = share(before);
    const now = share(traffic);
    await trx('version_traffic').where({ model, endpoint }).delete();
    for (const [version, percent] of now) {
      await trx('version_traffic').insert({
        model,
        endpoint,
        version,
        percent,
      });
    }
    const changes: TrafficChanged['changes'] = [];
    for (const version of new Set([...old.keys(), ...now.keys()])) {
      const from = old.get(version) ?? 0;
      const to = now.get(version) ?? 0;
      if (from === to) continue;
      const revision = traffic.find(t => t.version === version)?.revision;
      changes.push({ version, revision, from, to });
      await this.deps.versions.transition(
        {
          model,
          version,
          actor,
          what: to === 0 ? 'retired' : 'deployed',
          from: `${from} % of ${endpoint}`,
          to: `${to} % of ${endpoint}`,
          reason,
        },
        trx,
      );
    }
    if (!changes.length) return;
    const told: TrafficChanged = {
      model,
      endpoint,
      at: isoTime(),
      what: change.what,
      actor,
      reason,
      changes,
    };
    await this.deps.outbox.add(TRAFFIC_CHANGED, told, trx);
  }

  private async setAliases(
    trx: Knex,
    { model, actor, reason }: Change,
    now: TrafficRow[],
  ): Promise<void> {
    const rows = await trx('model_aliases').where({ model });
    const before = new Map<string, number>(
      rows.map(row => [row.alias, row.version]),
    );
    const after = aliasesFor(now, before.get('champion'));
    for (const alias of ['champion', 'challenger'] as const) {
      const from = before.get(alias);
      const to = after[alias];
      if (from === to) continue;
      await trx('model_aliases').where({ model, alias }).delete();
      if (to !== undefined) {
        await trx('model_aliases').insert({ model, alias, version: to });
      }
      const entry = { model, actor, what: 'alias', reason };
      if (from !== undefined) {
        await this.deps.versions.transition(
          { ...entry, version: from, from: alias },
          trx,
        );
      }
      if (to !== undefined) {
        await this.deps.versions.transition(
          { ...entry, version: to, to: alias },
          trx,
        );
      }
    }
  }

  /** Versions that lost their traffic. */
  private async setStages(
    trx: Knex,
    { model, actor, reason }: Change,
    before: TrafficRow[],
    now: TrafficRow[],
  ): Promise<number[]> {
    const had = before.filter(row => row.percent > 0).map(row => row.version);
    const has = now.filter(row => row.percent > 0).map(row => row.version);
    for (const version of new Set([...had, ...has])) {
      const row = await trx<VersionRow>('model_versions')
        .where({ model, version })
        .first();
      const percents = now
        .filter(share => share.version === version)
        .map(share => share.percent);
      if (!row) continue;
      const stage = stageFor(row.stage, Math.max(0, ...percents));
      await this.deps.versions.setStage(row, stage, { actor, reason }, trx);
    }
    return had.filter(version => !has.includes(version));
  }
}
