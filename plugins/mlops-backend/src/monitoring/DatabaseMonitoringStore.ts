import { DayQuality } from '@mlops-portal/plugin-mlops-common';
import { Knex } from 'knex';
import { fromJson, toJson } from '../database/values';
import {
  DayCounts,
  EndpointState,
  MonitoringStore,
  REMOVED,
  StoredCells,
  StoredDay,
} from './MonitoringStore';

const CHUNK = 50;
const EMPTY_STATE = {
  evaluated_at: null,
  labels_fingerprint: '',
  unknown_labels: 0,
  refused: 0,
  judged: '{}',
};

export class DatabaseMonitoringStore implements MonitoringStore {
  constructor(private readonly knex: Knex) {}

  async days(endpoint: string): Promise<StoredDay[]> {
    const rows = await this.knex('monitoring_days')
      .where({ endpoint })
      .orderBy(['day', 'version']);
    return rows.map(row => ({
      version: row.version,
      day: row.day,
      n: row.n,
      requests: row.requests,
      lastAt: row.last_at,
      fingerprint: row.fingerprint,
      labels: row.labels,
      quality: fromJson<DayQuality | undefined>(row.quality, undefined),
    }));
  }

  async putDay(counts: DayCounts): Promise<void> {
    const { endpoint, version, day } = counts;
    const cells = [...counts.features].map(([feature, each]) => ({
      role: 'feature',
      feature,
      each,
    }));
    if (counts.prediction) {
      cells.push({
        role: 'prediction',
        feature: 'prediction',
        each: counts.prediction,
      });
    }
    await this.knex.transaction(async trx => {
      await trx('monitoring_cells').where({ endpoint, version, day }).delete();
      for (let at = 0; at < cells.length; at += CHUNK) {
        await trx('monitoring_cells').insert(
          cells.slice(at, at + CHUNK).map(({ role, feature, each }) => ({
            endpoint,
            version,
            day,
            role,
            feature,
            cells: toJson(each),
          })),
        );
      }
      const facts = {
        n: counts.n,
        requests: counts.requests,
        last_at: counts.lastAt,
        fingerprint: counts.fingerprint,
      };
      await trx('monitoring_days')
        .insert({ endpoint, version, day, ...facts, labels: 0 })
        .onConflict(['endpoint', 'version', 'day'])
        .merge(facts);
    });
  }

  async markRemoved(
    endpoint: string,
    version: number,
    day: string,
  ): Promise<void> {
    await this.knex('monitoring_days')
      .where({ endpoint, version, day })
      .update({ fingerprint: REMOVED });
  }

  async putQuality(
    endpoint: string,
    days: Array<{ version: number; day: string; quality: DayQuality }>,
  ): Promise<void> {
    await this.knex.transaction(async trx => {
      for (const { version, day, quality } of days) {
        await trx('monitoring_days')
          .where({ endpoint, version, day })
          .update({ quality: toJson(quality), labels: quality.labels });
      }
    });
  }

  async cells(
    endpoint: string,
    version: number,
    feature?: string,
  ): Promise<StoredCells[]> {
    const rows = await this.knex('monitoring_cells')
      .where({
        endpoint,
        version,
        ...(feature === undefined ? {} : { feature }),
      })
      .orderBy('day');
    return rows.map(row => ({
      role: row.role,
      feature: row.feature,
      day: row.day,
      cells: fromJson(row.cells, []),
    }));
  }

  async state(endpoint: string): Promise<EndpointState> {
    const row =
      (await this.knex('monitoring_endpoints').where({ endpoint }).first()) ??
      EMPTY_STATE;
    return {
      evaluatedAt: row.evaluated_at,
      labelsFingerprint: row.labels_fingerprint,
      unknownLabels: row.unknown_labels,
      refused: row.refused,
      judged: fromJson(row.judged, {}),
    };
  }

  async putState(
    endpoint: string,
    change: Partial<EndpointState>,
  ): Promise<void> {
    const columns = Object.fromEntries(
      Object.entries({
        evaluated_at: change.evaluatedAt,
        labels_fingerprint: change.labelsFingerprint,
        unknown_labels: change.unknownLabels,
        refused: change.refused,
        judged: change.judged && toJson(change.judged),
      }).filter(([, value]) => value !== undefined),
    );
    await this.knex('monitoring_endpoints')
      .insert({ endpoint, ...EMPTY_STATE, ...columns })
      .onConflict('endpoint')
      .merge(columns);
  }

  async addRefused(endpoint: string, count: number): Promise<void> {
    await this.knex('monitoring_endpoints')
      .insert({ endpoint, ...EMPTY_STATE, refused: count })
      .onConflict('endpoint')
      .merge({
        refused: this.knex.raw('?? + ?', [
          'monitoring_endpoints.refused',
          count,
        ]),
      });
  }
}
