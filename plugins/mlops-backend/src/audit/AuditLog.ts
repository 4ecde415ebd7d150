import { randomUUID } from 'node:crypto';
import { AuditEntry } from '@mlops-portal/plugin-mlops-common';
import { Knex } from 'knex';
import { nameHas } from '../database/nameHas';
import {
  countOf,
  digestOf,
  fromJson,
  isoTime,
  orAbsent,
  toJson,
} from '../database/values';

interface Row {
  seq: number;
  id: string;
  at: string;
  actor: string;
  action: string;
  object: string;
  about: string | null;
  reason: string | null;
  outcome: AuditEntry['outcome'];
  detail: string;
  previous_hash: string;
  hash: string;
}

export interface AuditFact {
  /** Entity ref, 'service:<subject>' or 'policy'. */
  actor: string;
  /** Operation id of the route, or the name of what policy did. */
  action: string;
  /** kind:name, e.g. endpoint:flight-delay */
  object: string;
  /** Name along the loop (problem, pipeline, model, endpoint) that it concerns. */
  about?: string;
  reason?: string;
  outcome: AuditEntry['outcome'];
  detail?: Record<string, unknown>;
}

/**
 * Append-only record of who did what. Each entry carries the hash of the one before, so that a changed or removed one shows.
 * Acts over the API are recorded by the router; slices record only what the hub does by itself (actor 'policy').
 */
export class AuditLog {
  constructor(private readonly knex: Knex) {}

  async record(fact: AuditFact): Promise<void> {
    await this.knex.transaction(async trx => {
      // The update takes the row's lock first: entries of several replicas get one order.
      await trx('audit_head').where({ id: 1 }).increment('seq', 1);
      const head = await trx<{ id: number; seq: number; hash: string }>(
        'audit_head',
      )
        .where({ id: 1 })
        .first();
      if (!head)
        throw new Error(
          'the audit log has lost its head row (table audit_head): restore the database from a backup',
        );
      const entry = {
        seq: head.seq,
        id: randomUUID(),
        at: isoTime(),
        actor: fact.actor,
        action: fact.action,
        object: fact.object.slice(0, 255),
        about: fact.about ?? null,
        reason: fact.reason ?? null,
        outcome: fact.outcome,
        detail: toJson(fact.detail ?? {}),
        previous_hash: head.hash,
      };
      const hash = hashOf(entry);
      await trx<Row>('audit').insert({ ...entry, hash });
      await trx('audit_head').where({ id: 1 }).update({ hash });
    });
  }

  /** Newest first. Texts are parts of the names; times are days (the whole day counts) or ISO times. */
  async list(query: {
    object?: string;
    actor?: string;
    action?: string;
    since?: string;
    until?: string;
    limit: number;
    offset: number;
  }): Promise<{ items: AuditEntry[]; total: number }> {
    const matching = this.knex<Row>('audit').where(builder => {
      for (const field of ['object', 'actor', 'action'] as const) {
        const text = query[field];
        if (text) builder.whereRaw(...nameHas(field, text));
      }
      if (query.since) builder.where('at', '>=', query.since);
      if (query.until) builder.where('at', '<=', lastMomentOf(query.until));
    });
    const rows = await matching
      .clone()
      .orderBy('seq', 'desc')
      .limit(query.limit)
      .offset(query.offset);
    const total = await matching.clone().count({ n: '*' }).first();
    return { items: rows.map(entryOf), total: countOf(total) };
  }

  /** What concerns one name along the loop, newest first. */
  async about(name: string, limit: number): Promise<AuditEntry[]> {
    const rows = await this.knex<Row>('audit')
      .where({ about: name })
      .orderBy('seq', 'desc')
      .limit(limit);
    return rows.map(entryOf);
  }

  /** Checks the chain; the number of the first entry that was changed, or undefined when all is as it was written. */
  async firstBroken(): Promise<number | undefined> {
    let previous = '0'.repeat(64);
    let expected = 1;
    for (;;) {
      const rows = await this.knex<Row>('audit')
        .where('seq', '>=', expected)
        .orderBy('seq')
        .limit(500);
      for (const row of rows) {
        const { hash, ...entry } = row;
        const whole = row.seq === expected && row.previous_hash === previous;
        if (!whole || hashOf(entry) !== hash) return expected;
        previous = hash;
        expected += 1;
      }
      if (rows.length < 500) break;
    }
    const head = await this.knex('audit_head').where({ id: 1 }).first();
    return head?.seq === expected - 1 ? undefined : expected;
  }
}

/** ISO texts sort like times; a day ends behind all its moments. */
function lastMomentOf(until: string): string {
  return until.length === 10 ? `${until}T23:59:59.999Z` : until;
}

function hashOf(entry: Omit<Row, 'hash'>): string {
  return digestOf(
    entry.previous_hash,
    String(entry.seq),
    entry.id,
    entry.at,
    entry.actor,
    entry.action,
    entry.object,
    entry.about ?? '',
    entry.reason ?? '',
    entry.outcome,
    entry.detail,
  );
}

function entryOf(row: Row): AuditEntry {
  return {
    id: row.id,
    at: row.at,
    actor: row.actor,
    action: row.action,
    object: row.object,
    reason: orAbsent(row.reason),
    outcome: row.outcome,
    detail: fromJson(row.detail, {}),
  };
}
