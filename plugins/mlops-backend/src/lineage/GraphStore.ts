import { NotFoundError } from '@backstage/errors';
import { Knex } from 'knex';
import { nameBegins, nameHas } from '../database/nameHas';
import { fromJson, isoTime, toJson } from '../database/values';
import { LineageSlice } from '../slices';

export interface EdgeRow {
  from: string;
  to: string;
  kind: string;
  valid_from: string;
  valid_to: string | null;
  recorded_at: string;
  facts: string;
}

export interface GraphNode {
  id: string;
  kind: string;
  title: string;
  facts: Record<string, string | number>;
}

/** Edges that one question of a level may bring; more than that is told as cut. */
export const EDGES_PER_LEVEL = 2000;
/** Variables of one SQL statement stay far below the limits of both databases. */
const IDS_PER_QUERY = 400;

/** Nodes and edges of lineage; edges are never removed, they end. */
export class GraphStore implements LineageSlice {
  constructor(private readonly knex: Knex) {}

  /** An edge that is open already stays as it is. */
  async addEdge(edge: Parameters<LineageSlice['addEdge']>[0]): Promise<void> {
    const { from, to, kind, validFrom, facts } = edge;
    const open = await this.knex<EdgeRow>('lineage_edges')
      .where({ from, to, kind })
      .whereNull('valid_to')
      .first('kind');
    if (open) return;
    await this.knex<EdgeRow>('lineage_edges')
      .insert({
        from,
        to,
        kind,
        valid_from: iso(validFrom),
        valid_to: null,
        recorded_at: isoTime(),
        facts: toJson(facts ?? {}),
      })
      .onConflict(['from', 'to', 'kind', 'valid_from'])
      .ignore();
  }

  async moveEdge(edge: Parameters<LineageSlice['moveEdge']>[0]): Promise<void> {
    const { from, to, kind, facts } = edge;
    const validFrom = iso(edge.validFrom);
    await this.knex.transaction(async trx => {
      const known = await trx<EdgeRow>('lineage_edges')
        .where({ from, to, kind })
        .andWhere('valid_from', '>=', validFrom)
        .first('kind');
      if (known) return;
      await trx<EdgeRow>('lineage_edges')
        .where({ from, to, kind })
        .whereNull('valid_to')
        .update({ valid_to: validFrom });
      await trx<EdgeRow>('lineage_edges')
        .insert({
          from,
          to,
          kind,
          valid_from: validFrom,
          valid_to: null,
          recorded_at: isoTime(),
          facts: toJson(facts),
        })
        .onConflict(['from', 'to', 'kind', 'valid_from'])
        .ignore();
    });
  }

  async openEdges(of: Parameters<LineageSlice['openEdges']>[0]) {
    const rows = await this.knex<EdgeRow>('lineage_edges')
      .where({ from: of.from, kind: of.kind })
      .whereNull('valid_to')
      .andWhere('valid_from', '<=', iso(of.at));
    return rows.map(({ to, facts }) => ({
      to,
      facts: fromJson<Record<string, unknown>>(facts, {}),
    }));
  }

  /** Every edge of a kind that ever left a node, the newest `limit`, oldest first. */
  async everFrom(
    from: string,
    kind: string,
    limit: number,
  ): Promise<EdgeRow[]> {
    const rows = await this.knex<EdgeRow>('lineage_edges')
      .where({ from, kind })
      .orderBy('valid_from', 'desc')
      .orderBy('to', 'desc')
      .limit(limit);
    return rows.reverse();
  }

  /** Nodes whose name or title holds the text, newest names last; kinds narrow it. */
  async search(q: string, limit: number): Promise<GraphNode[]> {
    const rows = await this.knex('lineage_nodes')
      .where(either =>
        either.whereRaw(...nameHas('id', q)).orWhereRaw(...nameHas('title', q)),
      )
      .orderBy('id')
      .limit(limit);
    return rows.map(({ id, kind, title, facts }) => ({
      id,
      kind,
      title,
      facts: fromJson(facts, {}),
    }));
  }

  /** NotFoundError where there was never such an edge; one that has ended stays as it ended, and one that begins later is another. */
  async endEdge(edge: Parameters<LineageSlice['endEdge']>[0]): Promise<void> {
    const { from, to, kind, validTo } = edge;
    const ended = await this.knex<EdgeRow>('lineage_edges')
      .where({ from, to, kind })
      .whereNull('valid_to')
      .andWhere('valid_from', '<=', iso(validTo))
      .update({ valid_to: iso(validTo) });
    if (ended) return;
    const known = await this.knex<EdgeRow>('lineage_edges')
      .where({ from, to, kind })
      .first('kind');
    if (!known) {
      throw new NotFoundError(`there is no edge ${kind} from ${from} to ${to}`);
    }
  }

  async putNode(node: GraphNode): Promise<void> {
    const row = {
      kind: node.kind,
      title: node.title.slice(0, 255),
      facts: toJson(node.facts),
    };
    await this.knex('lineage_nodes')
      .insert({ id: node.id, ...row })
      .onConflict('id')
      .merge(row);
  }

  /**
   * Notes on what carries a problem's name that it was taken back: what came of it stays traceable. One that was taken back before
   * keeps its time; one that is made again loses the note.
   */
  async markRemoved(problem: string, at: string): Promise<void> {
    const named = ['problem', 'pipeline', 'model', 'endpoint'];
    const prefixes = [
      `version:${problem}/`,
      `featureview:${problem}-features@`,
    ];
    const rows = await this.knex('lineage_nodes').where(either => {
      either.whereIn(
        'id',
        named.map(kind => `${kind}:${problem}`),
      );
      for (const prefix of prefixes) {
        either.orWhereRaw(...nameBegins('id', prefix));
      }
    });
    for (const { id, facts } of rows) {
      const known = fromJson<GraphNode['facts']>(facts, {});
      if (known.removed) continue;
      await this.knex('lineage_nodes')
        .where({ id })
        .update({ facts: toJson({ ...known, removed: iso(at) }) });
    }
  }

  /** Facts of nodes; one that only edges name is known by its id. */
  async nodes(ids: string[]): Promise<Map<string, GraphNode>> {
    const found = new Map(ids.map(id => [id, bareNode(id)]));
    for (const some of chunks(ids)) {
      const rows = await this.knex('lineage_nodes').whereIn('id', some);
      for (const { id, kind, title, facts } of rows) {
        found.set(id, { id, kind, title, facts: fromJson(facts, {}) });
      }
    }
    return found;
  }

  async knows(id: string): Promise<boolean> {
    const node = await this.knex('lineage_nodes').where({ id }).first('id');
    if (node) return true;
    const edge = await this.knex<EdgeRow>('lineage_edges')
      .where({ from: id })
      .orWhere({ to: id })
      .first('kind');
    return Boolean(edge);
  }

  /** Edges that leave (`from`) or reach (`to`) the nodes, valid at a time; now by default. */
  async edges(
    end: 'from' | 'to',
    ids: string[],
    asOf: string | null,
  ): Promise<EdgeRow[]> {
    const at = asOf ?? isoTime();
    const found: EdgeRow[] = [];
    for (const some of chunks(ids)) {
      const rows = await this.knex<EdgeRow>('lineage_edges')
        .whereIn(end, some)
        .andWhere('valid_from', '<=', at)
        .andWhere(open =>
          open.whereNull('valid_to').orWhere('valid_to', '>', at),
        )
        .orderBy('valid_from', 'desc')
        .limit(EDGES_PER_LEVEL + 1 - found.length);
      found.push(...rows);
      if (found.length > EDGES_PER_LEVEL) break;
    }
    return found;
  }

  async putRead(read: {
    runId: string;
    dataset: string;
    version: string;
    at: string;
  }): Promise<void> {
    await this.knex('lineage_reads')
      .insert({
        run_id: read.runId,
        dataset: read.dataset.slice(0, 500),
        data_version: read.version.slice(0, 128),
        at: read.at.slice(0, 40),
      })
      .onConflict(['run_id', 'dataset', 'data_version'])
      .ignore();
  }

  /** Version of the data that the run read first. */
  async dataVersionOf(runId: string): Promise<string | undefined> {
    const row = await this.knex('lineage_reads')
      .where({ run_id: runId })
      .orderBy('at')
      .first();
    return row?.data_version;
  }
}

/** Times of others may have another zone or precision; ours must sort as text. */
function iso(time: string): string {
  return new Date(time).toISOString();
}

function bareNode(id: string): GraphNode {
  const cut = id.indexOf(':');
  const kind = cut < 0 ? 'other' : id.slice(0, cut);
  const name = id.slice(cut + 1);
  const short = kind === 'commit' || kind === 'data' ? name.slice(0, 12) : name;
  return { id, kind, title: short, facts: {} };
}

function chunks(ids: string[]): string[][] {
  const parts: string[][] = [];
  for (let i = 0; i < ids.length; i += IDS_PER_QUERY) {
    parts.push(ids.slice(i, i + IDS_PER_QUERY));
  }
  return parts;
}
