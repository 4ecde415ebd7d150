import { Knex } from 'knex';
import { countOf, digestOf } from '../database/values';
import {
  contentOf,
  filledIn,
  numbered,
  sameState,
  shapeOf,
  VersionRow,
} from './datasetVersion';
import { DatasetReport } from './report';

export interface SourceRow {
  id: string;
  namespace: string;
  source: string;
  reader: string;
  first_seen: string;
  last_seen: string;
}

const ID_LENGTH = 16;

/** Versions of data as runs read them: one row for each state (digest, window, schema) of a source. */
export class DatasetStore {
  constructor(private readonly knex: Knex) {}

  /** Stores what a run read; the same report again changes nothing, a fuller one of the same state fills it in. */
  async record(report: DatasetReport): Promise<void> {
    const sourceId = await this.putSource(report);
    await this.knex.transaction(async trx => {
      const id = await this.putVersion(trx, sourceId, report);
      await trx('data_reads')
        .insert({ version_id: id, run_id: report.runId, at: report.at })
        .onConflict(['version_id', 'run_id'])
        .ignore();
    });
  }

  async hasSources(): Promise<boolean> {
    return Boolean(await this.knex<SourceRow>('data_sources').first('id'));
  }

  /** Every source, last read first. */
  async sources(): Promise<SourceRow[]> {
    return await this.knex<SourceRow>('data_sources').orderBy(
      'last_seen',
      'desc',
    );
  }

  /** Versions of some sources, newest first. */
  async versions(
    sourceIds: string[],
    page: { limit: number; offset: number },
  ): Promise<{ rows: VersionRow[]; total: number }> {
    const all = () =>
      this.knex<VersionRow>('data_versions').whereIn('source_id', sourceIds);
    const total = countOf(await all().count({ n: '*' }).first());
    const rows = await all()
      .orderBy('first_seen', 'desc')
      .orderBy('id')
      .limit(page.limit)
      .offset(page.offset);
    return { rows: rows.map(numbered), total };
  }

  async version(
    sourceIds: string[],
    id: string,
  ): Promise<VersionRow | undefined> {
    const row = await this.knex<VersionRow>('data_versions')
      .where({ id })
      .whereIn('source_id', sourceIds)
      .first();
    return row && numbered(row);
  }

  /** The version that was first seen before this one. */
  async before(
    sourceIds: string[],
    row: VersionRow,
  ): Promise<VersionRow | undefined> {
    const found = await this.knex<VersionRow>('data_versions')
      .whereIn('source_id', sourceIds)
      .andWhere('first_seen', '<=', row.first_seen)
      .andWhereNot({ id: row.id })
      .orderBy('first_seen', 'desc')
      .orderBy('id')
      .first();
    return found && numbered(found);
  }

  /** Runs that read a version. */
  async runsOf(versionId: string): Promise<string[]> {
    const rows = await this.knex('data_reads')
      .where({ version_id: versionId })
      .orderBy('at')
      .limit(1000);
    return rows.map(({ run_id }) => run_id);
  }

  /** How many states with this digest are known. */
  async countOfDigest(sourceIds: string[], digest: string): Promise<number> {
    const row = await this.knex('data_versions')
      .whereIn('source_id', sourceIds)
      .andWhere({ digest })
      .count({ n: '*' })
      .first();
    return countOf(row);
  }

  private async putSource(report: DatasetReport): Promise<string> {
    const { namespace, source, reader, at } = report;
    const id = digestOf(namespace, source, reader).slice(0, ID_LENGTH);
    const rows = () => this.knex<SourceRow>('data_sources');
    await rows()
      .insert({
        id,
        namespace: namespace.slice(0, 255),
        source: source.slice(0, 500),
        reader: reader.slice(0, 255),
        first_seen: at,
        last_seen: at,
      })
      .onConflict('id')
      .ignore();
    await rows().where({ id }).andWhere('first_seen', '>', at).update({
      first_seen: at,
    });
    await rows().where({ id }).andWhere('last_seen', '<', at).update({
      last_seen: at,
    });
    return id;
  }

  private async putVersion(
    trx: Knex.Transaction,
    sourceId: string,
    report: DatasetReport,
  ): Promise<string> {
    const digest = report.digest.slice(0, 128);
    const known = await trx<VersionRow>('data_versions')
      .where({ source_id: sourceId, digest })
      .orderBy('first_seen', 'desc');
    const same = sameState(known.map(numbered), report);
    const told = contentOf(report);
    if (same) {
      await trx<VersionRow>('data_versions')
        .where({ id: same.id })
        .update(filledIn(same, report, told));
      return same.id;
    }
    const { from, to, rows } = report;
    const window = from || to ? [from ?? '', to ?? ''] : [String(rows ?? '')];
    const id = digestOf(sourceId, digest, ...window, shapeOf(told.schema));
    const row = { id: id.slice(0, ID_LENGTH), source_id: sourceId, digest };
    await trx<VersionRow>('data_versions')
      .insert({
        ...row,
        ...told,
        first_seen: report.at,
        last_seen: report.at,
        last_run: report.runId,
      })
      .onConflict('id')
      .ignore();
    return row.id;
  }
}
