import {
  FieldError,
  HISTORY_BUCKETS,
  HistoryBucket,
  TimeFacts,
} from '@mlops-portal/plugin-mlops-common';
import { literal } from '../duckdb/duckdb';
import { textOf, timeOf } from './expressions';
import { ColumnFacts } from './facts';
import { OpenTable, TableColumn } from './table';

const DAY = 86_400_000;
const INTERVALS: Record<HistoryBucket, string> = {
  '1h': 'INTERVAL 1 HOUR',
  '1D': 'INTERVAL 1 DAY',
  '7D': 'INTERVAL 7 DAY',
  '28D': 'INTERVAL 28 DAY',
};
/** Largest share of rows whose time cannot be read. */
const UNREADABLE = 0.05;

/** Reads what the rules need of the time column, or says why it is none. */
export async function readTime(
  table: OpenTable,
  facts: ColumnFacts,
  entity: TableColumn[],
  trainUntil: string,
): Promise<{ time: TimeFacts; rows: number } | FieldError> {
  const when = timeOf(facts.column);
  const refused = await unreadable(table, facts, when);
  if (refused) return refused;

  const limit = trainUntil ? momentOf(trainUntil) : undefined;
  if (limit === null) {
    return {
      field: 'trainUntil',
      message: `'${trainUntil}' is no day such as 2001-03-15`,
    };
  }
  const source =
    `(SELECT ${when} AS moment, ${entity
      .map(column => `${textOf(column)} AS ${column.id}, `)
      .join('')} FROM ${table.relation}) ` +
    `WHERE moment IS NOT NULL${
      limit ? ` AND moment < ${literal(limit)}::TIMESTAMP` : ''
    }`;
  const [row] = await table.duck.rows<{
    n: number;
    first: string | null;
    last: string;
    edge: string;
    hours: number;
    weekdays: number;
  }>(
    `SELECT count(*)::DOUBLE AS n, ${iso('min(moment)')} AS first, ${iso(
      'max(moment)',
    )} AS last, ${iso('quantile_disc(moment, 0.8)')} AS edge, ` +
      `avg((hour(moment) <> 0)::INT)::DOUBLE AS hours, count(DISTINCT dayofweek(moment))::DOUBLE AS weekdays FROM ${source}`,
  );
  if (!row.first) {
    return {
      field: 'trainUntil',
      message: `no row lies before ${trainUntil}`,
    };
  }
  return {
    rows: row.n,
    time: {
      first: row.first,
      last: row.last,
      end:
        limit ??
        new Date(
          (Math.floor(Date.parse(row.last) / DAY) + 1) * DAY,
        ).toISOString(),
      edge: row.edge,
      hourShare: row.hours,
      weekdays: row.weekdays,
      crowd: await crowdOf(table, source, entity, row.n),
    },
  };
}

async function unreadable(
  table: OpenTable,
  facts: ColumnFacts,
  when: string,
): Promise<FieldError | undefined> {
  const { name, class: kind } = facts.column;
  if (kind === 'int' || kind === 'float' || kind === 'bool') {
    return {
      field: 'time',
      message: `'${name}' holds numbers; a time such as 2001-03-15 08:30 is needed`,
    };
  }
  const [{ share, dayFirst }] = await table.duck.rows<{
    share: number | null;
    dayFirst: number;
  }>(
    `SELECT avg((${when} IS NULL)::INT)::DOUBLE AS share, ` +
      `${
        kind === 'text'
          ? `count_if(regexp_matches(${facts.column.id}::VARCHAR, '^\\s*(1[3-9]|2[0-9]|3[01])[./-][0-9]{1,2}[./-][0-9]{2,4}'))`
          : 0
      }::DOUBLE AS dayFirst FROM ${table.relation}`,
  );
  if ((share ?? 1) <= UNREADABLE) return undefined;
  return {
    field: 'time',
    message: `${Math.round(
      100 * (share ?? 1),
    )}% of the values of '${name}' are no time${
      dayFirst
        ? ': they seem to be written day first, where day and month get mixed up; write them as YYYY-MM-DD'
        : ''
    }`,
  };
}

async function crowdOf(
  table: OpenTable,
  source: string,
  entity: TableColumn[],
  rows: number,
): Promise<Record<HistoryBucket, number>> {
  const by = entity.map(column => `, ${column.id}`).join('');
  const crowd = {} as Record<HistoryBucket, number>;
  for (const bucket of HISTORY_BUCKETS) {
    const [{ groups }] = await table.duck.rows<{ groups: number }>(
      `SELECT count(*)::DOUBLE AS groups FROM (SELECT DISTINCT time_bucket(${INTERVALS[bucket]}, moment, TIMESTAMP '1970-01-01')${by} FROM ${source})`,
    );
    crowd[bucket] = rows / Math.max(1, groups);
  }
  return crowd;
}

/** ISO in UTC of a day or moment; null where it is none. */
function momentOf(text: string): string | null {
  const zoned = /(Z|[+-]\d\d:?\d\d)$/.test(text) || text.length <= 10;
  const at = Date.parse(zoned ? text : `${text}Z`);
  return /^\d{4}-\d\d-\d\d/.test(text) && !Number.isNaN(at)
    ? new Date(at).toISOString()
    : null;
}

function iso(moment: string): string {
  return `strftime(${moment}, '%Y-%m-%dT%H:%M:%S.%gZ')`;
}
