import {
  COLUMN_ROLES,
  ColumnStatistics,
  DatasetColumn,
} from '@mlops-portal/plugin-mlops-common';
import { z } from 'zod';
import { Ignored, objectOf, take } from './lenient';

/** A column as a run reported it. */
export type ReportedColumn = Pick<
  DatasetColumn,
  'name' | 'type' | 'role' | 'description' | 'profile'
>;

const MAX_CELLS = 500;
const MAX_TOP = 10;
const MAX_VALUE = 200;

const count = z.number().nonnegative();
const bound = z.union([
  z.number(),
  z.string().transform(value => value.slice(0, MAX_VALUE)),
]);
const histogramSchema = z
  .looseObject({
    edges: z
      .array(z.number())
      .min(2)
      .max(MAX_CELLS + 1),
    counts: z.array(count),
  })
  .refine(
    ({ edges, counts }) => counts.length === edges.length - 1,
    'needs one count less than edges',
  )
  .refine(
    ({ edges }) => edges.every((edge, i) => i === 0 || edge >= edges[i - 1]),
    'has edges that do not rise',
  )
  .transform(({ edges, counts }) => ({ edges, counts }));
const topSchema = z.array(
  z.looseObject({
    value: z
      .union([z.string(), z.number(), z.boolean()])
      .transform(value => String(value).slice(0, MAX_VALUE)),
    count,
  }),
);
const quantilesSchema = z.record(z.string(), z.number());
const roleSchema = z.enum(COLUMN_ROLES);

/** Profiles by column: ours where the report has one, else what the standard facet tells. */
export function readProfile(
  given: {
    ours: Record<string, unknown> | undefined;
    quality: Record<string, unknown> | undefined;
  },
  ignored: Ignored[],
): Map<string, ReportedColumn> {
  const found = new Map<string, ReportedColumn>();
  const metrics = objectOf(given.quality?.columnMetrics) ?? {};
  for (const [name, metric] of Object.entries(metrics)) {
    const where = `dataQualityMetrics.columnMetrics.${name}`;
    const profile = standardProfile(metric, where, ignored);
    if (profile) found.set(name, { name, type: '', profile });
  }
  const columns = given.ours?.columns;
  if (columns !== undefined && !Array.isArray(columns)) {
    const reason = 'is not a list';
    ignored.push({ field: 'mlops_profile.columns', reason });
  }
  for (const [at, value] of (Array.isArray(columns) ? columns : []).entries()) {
    const where = `mlops_profile.columns.${at}`;
    const column = ownColumn(value, where, ignored);
    if (column) found.set(column.name, column);
  }
  return found;
}

function ownColumn(
  value: unknown,
  where: string,
  ignored: Ignored[],
): ReportedColumn | undefined {
  const given = objectOf(value);
  const name =
    given && take(given, 'name', z.string().min(1).max(500), where, ignored);
  if (!given || name === undefined) {
    ignored.push({ field: where, reason: 'names no column' });
    return undefined;
  }
  const get = <T>(field: string, schema: z.ZodType<T>) =>
    take(given, field, schema, where, ignored);
  const top = get('top', topSchema);
  const rest = (top ?? []).slice(MAX_TOP).reduce((sum, t) => sum + t.count, 0);
  const other = get('other', count);
  return {
    name,
    type: get('type', z.string().max(200)) ?? '',
    role: get('role', roleSchema),
    description: get('description', z.string().max(2000)),
    profile: {
      nulls: get('nulls', count) ?? null,
      distinct: get('distinct', count) ?? null,
      min: get('min', bound) ?? null,
      max: get('max', bound) ?? null,
      mean: get('mean', z.number()) ?? null,
      approximate: get('approximate', z.boolean()) ?? false,
      histogram: get('histogram', histogramSchema),
      top: top
        ?.slice(0, MAX_TOP)
        .map(entry => ({ value: entry.value, count: entry.count })),
      other: top && (other ?? 0) + rest,
    },
  };
}

/** `dataQualityMetrics.columnMetrics` of OpenLineage: no distribution, only figures. */
function standardProfile(
  value: unknown,
  where: string,
  ignored: Ignored[],
): ColumnStatistics | undefined {
  const given = objectOf(value);
  if (!given) {
    ignored.push({ field: where, reason: 'is not an object' });
    return undefined;
  }
  const get = <T>(field: string, schema: z.ZodType<T>) =>
    take(given, field, schema, where, ignored);
  const rows = get('count', count);
  const sum = get('sum', z.number());
  const nulls = get('nullCount', count) ?? null;
  const known = (rows ?? 0) - (nulls ?? 0);
  const quantiles = get('quantiles', quantilesSchema) ?? {};
  return {
    nulls,
    distinct: get('distinctCount', count) ?? null,
    min: get('min', bound) ?? null,
    max: get('max', bound) ?? null,
    mean: sum !== undefined && known > 0 ? sum / known : null,
    approximate: false,
    quantiles: Object.keys(quantiles).length ? quantiles : undefined,
  };
}
