import { Freshness } from '@mlops-portal/plugin-mlops-common';
import { Knex } from 'knex';
import { countOf, digestOf, fromJson, toJson } from '../database/values';
import { freshnessAt, Turns } from './freshness';

export type AssetKind = 'dataset' | 'feature-view';

/** What lists filter and sort an asset by, and in `body` what they show of it. */
export interface IndexedAsset<B> {
  name: string;
  owner: string;
  /** Texts that a search looks in. */
  words: string[];
  /** Undefined where it was never read. */
  turns?: Turns;
  body: B;
}

export interface AssetQuery {
  q?: string;
  owner?: string;
  state?: Freshness['state'];
  limit: number;
  offset: number;
}

interface Row {
  kind: AssetKind;
  name: string;
  owner: string;
  words: string;
  late_at: string | null;
  stale_at: string | null;
  judged_by: Freshness['by'];
  body: string;
  digest: string;
}

/** Variables of one SQL statement stay far below the limits of both databases. */
const CHUNK = 50;

/** Assets of the catalog and of runs in one table, so that the database filters, sorts, pages and counts them. */
export class AssetIndex {
  constructor(private readonly knex: Knex) {}

  /**
   * Writes what has changed. With `whole` false the catalog was not asked: what it may know stays.
   */
  async replace<B>(
    kind: AssetKind,
    assets: Array<IndexedAsset<B>>,
    { whole }: { whole: boolean },
  ): Promise<void> {
    const rows = assets.map(asset => rowOf(kind, asset));
    await this.knex.transaction(async trx => {
      const stored = await trx<Row>('data_assets')
        .where({ kind })
        .select('name', 'digest');
      const known = new Map(stored.map(({ name, digest }) => [name, digest]));
      const changed = rows.filter(row => known.get(row.name) !== row.digest);
      for (const some of chunks(changed)) {
        await trx<Row>('data_assets')
          .insert(some)
          .onConflict(['kind', 'name'])
          .merge();
      }
      if (!whole) return;
      const named = new Set(rows.map(({ name }) => name));
      const gone = [...known.keys()].filter(name => !named.has(name));
      for (const some of chunks(gone)) {
        await trx<Row>('data_assets')
          .where({ kind })
          .whereIn('name', some)
          .delete();
      }
    });
  }

  /** By state, then what turns late first. */
  async page<B>(
    kind: AssetKind,
    query: AssetQuery,
    now: Date,
  ): Promise<{
    items: Array<{ body: B; freshness: Freshness }>;
    total: number;
  }> {
    const at = now.toISOString();
    const matching = () =>
      this.knex<Row>('data_assets').where(builder => {
        builder.where({ kind });
        if (query.owner !== undefined) builder.where('owner', query.owner);
        if (query.state) inState(builder, query.state, at);
        const q = query.q?.trim().toLowerCase();
        // Lower-cased here: SQLite knows the small letters of ASCII only.
        if (q) builder.whereRaw(`words like ? escape '\\'`, [`%${plain(q)}%`]);
      });
    const total = countOf(await matching().count({ n: '*' }).first());
    const rows = await matching()
      .orderByRaw(
        'case when stale_at < ? then 0 when late_at < ? then 1 when late_at is null then 2 else 3 end',
        [at, at],
      )
      .orderBy('late_at')
      .orderBy('name')
      .limit(query.limit)
      .offset(query.offset);
    return { items: (rows as Row[]).map(row => itemOf<B>(row, now)), total };
  }
}

function inState(
  builder: Knex.QueryBuilder,
  state: Freshness['state'],
  at: string,
) {
  switch (state) {
    case 'no-data':
      return builder.whereNull('late_at');
    case 'stale':
      return builder.where('stale_at', '<', at);
    case 'late':
      return builder.where('late_at', '<', at).where('stale_at', '>=', at);
    default:
      return builder.where('late_at', '>=', at);
  }
}

function rowOf<B>(kind: AssetKind, asset: IndexedAsset<B>): Row {
  const { name, owner, words, turns, body } = asset;
  const row = {
    kind,
    name,
    owner: owner.slice(0, 255),
    words: words.join('\n').toLowerCase(),
    late_at: turns?.late ?? null,
    stale_at: turns?.stale ?? null,
    judged_by: turns?.by ?? 'age',
    body: toJson(body),
  };
  return { ...row, digest: digestOf(...Object.values(row).map(String)) };
}

function itemOf<B>(row: Row, now: Date) {
  const turns =
    row.late_at && row.stale_at
      ? { by: row.judged_by, late: row.late_at, stale: row.stale_at }
      : undefined;
  return {
    body: fromJson<B>(row.body, {} as B),
    freshness: freshnessAt(turns, now),
  };
}

function plain(text: string): string {
  return text.replace(/[\\%_]/g, sign => `\\${sign}`);
}

function chunks<T>(all: T[]): T[][] {
  const parts: T[][] = [];
  for (let i = 0; i < all.length; i += CHUNK)
    parts.push(all.slice(i, i + CHUNK));
  return parts;
}
