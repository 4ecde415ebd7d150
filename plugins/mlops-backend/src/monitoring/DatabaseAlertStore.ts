import { randomUUID } from 'node:crypto';
import { NotFoundError } from '@backstage/errors';
import { Alert } from '@mlops-portal/plugin-mlops-common';
import { Knex } from 'knex';
import { countOf, fromJson, orAbsent, toJson } from '../database/values';
import { AlertStore, NewAlert } from './AlertStore';

const TABLE = 'monitoring_alerts';

export class DatabaseAlertStore implements AlertStore {
  constructor(private readonly knex: Knex) {}

  async fire(alert: NewAlert): Promise<{ alert: Alert; fresh: boolean }> {
    const id = randomUUID();
    const openKey = openKeyOf(alert);
    // The unique key lets one of two replicas win.
    await this.knex(TABLE)
      .insert({
        id,
        endpoint: alert.endpoint,
        kind: alert.kind,
        subject: alert.subject,
        state: 'firing',
        open_key: openKey,
        title: alert.title,
        evidence: toJson(alert.evidence),
        fired_at: alert.firedAt,
        event_time: alert.eventTime,
      })
      .onConflict('open_key')
      .ignore();
    const row = await this.knex(TABLE).where({ open_key: openKey }).first();
    if (!row) return { alert: await this.get(id), fresh: true };
    return { alert: alertOf(row), fresh: row.id === id };
  }

  async resolve(
    of: Pick<Alert, 'endpoint' | 'kind' | 'subject'>,
    at: string,
    because: Alert['resolvedBecause'] = 'quiet',
  ): Promise<Alert | undefined> {
    const row = await this.knex(TABLE)
      .where({ open_key: openKeyOf(of) })
      .first();
    if (!row) return undefined;
    const ended = await this.knex(TABLE)
      .where({ id: row.id, state: 'firing' })
      .update({
        state: 'resolved',
        open_key: null,
        resolved_at: at,
        resolved_because: because,
      });
    return ended ? this.get(row.id) : undefined;
  }

  async firing(endpoint: string): Promise<Alert[]> {
    const rows = await this.knex(TABLE)
      .where({ endpoint, state: 'firing' })
      .orderBy('fired_at', 'desc');
    return rows.map(alertOf);
  }

  async list(filter: {
    state?: Alert['state'];
    endpoint?: string;
    limit: number;
    offset: number;
  }): Promise<{ items: Alert[]; total: number }> {
    const { state, endpoint, limit, offset } = filter;
    const where = {
      ...(state ? { state } : {}),
      ...(endpoint ? { endpoint } : {}),
    };
    const rows = await this.knex(TABLE)
      .where(where)
      .orderBy([
        { column: 'state' },
        { column: 'fired_at', order: 'desc' },
        { column: 'id' },
      ])
      .limit(limit)
      .offset(offset);
    const total = await this.knex(TABLE).where(where).count('* as n').first();
    return { items: rows.map(alertOf), total: countOf(total) };
  }

  async get(id: string): Promise<Alert> {
    const row = await this.knex(TABLE).where({ id }).first();
    if (!row)
      throw new NotFoundError(
        `there is no alert ${id}: the list of alerts shows those there are`,
      );
    return alertOf(row);
  }

  async update(
    id: string,
    change: Parameters<AlertStore['update']>[1],
  ): Promise<Alert> {
    const columns = Object.fromEntries(
      Object.entries({
        acknowledged_by: change.acknowledgedBy,
        acknowledged_at: change.acknowledgedAt,
        acknowledge_reason: change.acknowledgeReason,
        muted_until: change.mutedUntil,
        mute_reason: change.muteReason,
        decision_id: change.decisionId,
      }).filter(([, value]) => value !== undefined),
    );
    await this.knex(TABLE).where({ id }).update(columns);
    return this.get(id);
  }
}

function openKeyOf(of: Pick<Alert, 'endpoint' | 'kind' | 'subject'>) {
  return `${of.endpoint}/${of.kind}/${of.subject}`;
}

function alertOf(row: Record<string, any>): Alert {
  const optional = {
    resolvedAt: orAbsent(row.resolved_at),
    resolvedBecause: orAbsent(row.resolved_because),
    acknowledgedBy: orAbsent(row.acknowledged_by),
    acknowledgedAt: orAbsent(row.acknowledged_at),
    acknowledgeReason: orAbsent(row.acknowledge_reason),
    mutedUntil: orAbsent(row.muted_until),
    muteReason: orAbsent(row.mute_reason),
    decisionId: orAbsent(row.decision_id),
  };
  return {
    id: row.id,
    endpoint: row.endpoint,
    kind: row.kind,
    subject: row.subject,
    state: row.state,
    title: row.title,
    evidence: fromJson(row.evidence, {} as Alert['evidence']),
    firedAt: row.fired_at,
    eventTime: row.event_time,
    ...optional,
  };
}
