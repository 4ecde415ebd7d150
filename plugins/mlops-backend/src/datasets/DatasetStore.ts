import { Knex } from 'knex';
import { countOf, digestOf, fromJson, toJson } from '../database/values';
import { ReportedColumn } from './columns';
import { Ignored } from './lenient';
import { DatasetReport } from './report';

export interface SourceRow {
  id: string;
  namespace: string;
  source: string;
  reader: string;
  first_seen: string;
  last_seen: string;
}

export interface VersionRow {
  id: string;
  source_id: string;
  digest: string;
  from: string | null;
  to: string | null;
  rows: number | null;
  columns: number | null;
  schema: string;
  profile: string | null;
  ignored: string;
  first_seen: string;
  last_seen: string;
  last_run: string;
}

/** Columns of a version without what is in them. */
export type SchemaColumn = Omit<ReportedColumn, 'profile'>;
export type Profiles = Record<string, ReportedColumn['profile']>;

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

export function schemaOf(row: VersionRow): SchemaColumn[] {
  return fromJson<SchemaColumn[]>(row.schema, []);
}

export function profilesOf(row: VersionRow): Profiles {
  return fromJson<Profiles>(row.profile, {});
}

export function ignoredOf(row: VersionRow): Ignored[] {
  return fromJson<Ignored[]>(row.ignored, []);
}

type Content = Pick<
  VersionRow,
  'from' | 'to' | 'rows' | 'columns' | 'schema' | 'profile' | 'ignored'
>;

function contentOf(report: DatasetReport): Content {
  const { columns, profiled, from, to, rows, ignored } = report;
  return {
    from,
    to,
    rows,
    columns: columns.length || null,
    schema: toJson(columns.map(({ profile, ...column }) => column)),
    profile: profiled
      ? toJson(Object.fromEntries(columns.map(c => [c.name, c.profile])))
      : null,
    ignored: toJson(ignored),
  };
}

/** Name, type and role of the columns: what makes another schema. */
function shapeOf(schema: string, roles = true): string {
  return toJson(
    fromJson<SchemaColumn[]>(schema, []).map(c => [
      c.name,
      c.type,
      roles ? c.role ?? '' : '',
    ]),
  );
}

/**
 * The known row that a report speaks of. Events of one run tell more and more: one without a window or a schema is of the
 * newest state with its digest and its number of rows, and a window is filled in where an earlier event of the same run had
 * none.
 */
function sameState(
  known: VersionRow[],
  report: DatasetReport,
): VersionRow | undefined {
  const told = contentOf(report);
  const windowless = !report.from && !report.to;
  return known.find(row => {
    const open = !row.from && !row.to && row.last_run === report.runId;
    const sameWindow = row.from === report.from && row.to === report.to;
    const sameRows =
      row.rows === null || report.rows === null || row.rows === report.rows;
    const same = windowless ? sameRows : sameWindow || open;
    return same && sameSchema(row, told);
  });
}

/** Nothing told speaks against nothing; roles count only where both tell them. */
function sameSchema(row: Content, told: Content): boolean {
  if (row.columns === null || told.columns === null) return true;
  const roles = hasRoles(row.schema) && hasRoles(told.schema);
  return shapeOf(row.schema, roles) === shapeOf(told.schema, roles);
}

function hasRoles(schema: string): boolean {
  return fromJson<SchemaColumn[]>(schema, []).some(({ role }) => role);
}

function filledIn(
  row: VersionRow,
  report: DatasetReport,
  told: Content,
): Partial<VersionRow> {
  const newest = report.at >= row.last_seen;
  const fuller = report.profiled && richness(told) >= richness(row);
  return {
    from: row.from ?? told.from,
    to: row.to ?? told.to,
    rows: row.rows ?? told.rows,
    ...(row.columns === null || (told.columns && !hasRoles(row.schema))
      ? { columns: told.columns, schema: told.schema }
      : {}),
    ...(fuller ? { profile: told.profile, ignored: told.ignored } : {}),
    first_seen: report.at < row.first_seen ? report.at : row.first_seen,
    last_seen: newest ? report.at : row.last_seen,
    last_run: newest ? report.runId : row.last_run,
  };
}

/** A profile with distributions is more than figures, those more than nothing. */
function richness(content: Pick<Content, 'profile'>): number {
  const profiles = Object.values(fromJson<Profiles>(content.profile, {}));
  if (profiles.some(profile => profile?.histogram || profile?.top)) return 2;
  return profiles.length ? 1 : 0;
}

/** Postgres gives a bigint as text. */
function numbered(row: VersionRow): VersionRow {
  return { ...row, rows: row.rows === null ? null : Number(row.rows) };
}
