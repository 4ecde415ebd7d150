import { FieldError, TemplateValues } from '@mlops-portal/plugin-mlops-common';
import { literal } from '../duckdb/duckdb';
import { OpenTable } from './table';

const HOUR = 3_600_000;

/**
 * Why the first run would stop at its checks: a window by time with too few rows, or with one outcome only.
 * Empty where it would not, and for a table without time, whose rows are split by chance.
 */
export async function thinWindows(
  table: OpenTable,
  plan: { values: TemplateValues; end?: string },
  sql: { outcome: string; when?: string },
): Promise<FieldError[]> {
  if (!plan.end || !sql.when) return [];
  const { windows, min_rows: fewest } = plan.values;
  const end = Date.parse(plan.end);
  const test = end - lengthOf(windows.test);
  const train = test - lengthOf(windows.train);
  const moment = (at: number) =>
    `${literal(new Date(at).toISOString())}::TIMESTAMP`;
  const parts = await table.duck.rows<{
    later: boolean;
    n: number;
    outcomes: number;
  }>(
    `SELECT moment >= ${moment(
      test,
    )} AS later, count(*)::DOUBLE AS n, count(DISTINCT outcome)::DOUBLE AS outcomes ` +
      `FROM (SELECT ${sql.when} AS moment, ${sql.outcome} AS outcome FROM ${table.relation}) ` +
      `WHERE outcome IS NOT NULL AND moment >= ${moment(
        train,
      )} AND moment < ${moment(end)} GROUP BY later`,
  );
  const span = (from: number, to: number) =>
    `${new Date(from).toISOString().slice(0, 16)} and ${new Date(to)
      .toISOString()
      .slice(0, 16)}`;
  return [
    {
      later: false,
      from: train,
      to: test,
      wanted: fewest,
      what: 'to learn from',
    },
    {
      later: true,
      from: test,
      to: end,
      wanted: Math.floor(fewest / 10),
      what: 'to judge by',
    },
  ].flatMap(({ later, from, to, wanted, what }) => {
    const { n, outcomes } = parts.find(each => each.later === later) ?? {
      n: 0,
      outcomes: 0,
    };
    const message = `between ${span(from, to)} lie ${n} rows ${what}`;
    if (n < wanted) {
      return [
        { field: 'time', message: `${message}; at least ${wanted} are needed` },
      ];
    }
    return outcomes < 2
      ? [{ field: 'target', message: `${message}, all with the same outcome` }]
      : [];
  });
}

/** Milliseconds of a length such as 14d or 6h. */
function lengthOf(length: string | number): number {
  const [, count, unit] = /^(\d+)([dh])$/.exec(String(length)) ?? [];
  return Number(count ?? 0) * (unit === 'd' ? 24 : 1) * HOUR;
}
