import { fromJson, toJson } from '../database/values';
import { ReportedColumn } from './columns';
import { Ignored } from './lenient';
import { DatasetReport } from './report';

/** One state (digest, window, schema) of a source as it is kept. */
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

export function contentOf(report: DatasetReport): Content {
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
export function shapeOf(schema: string, roles = true): string {
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
export function sameState(
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

export function filledIn(
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
export function numbered(row: VersionRow): VersionRow {
  return { ...row, rows: row.rows === null ? null : Number(row.rows) };
}
