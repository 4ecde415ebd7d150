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
import { countedTimes, whyUnread } from './written';

const DAY = 86_400_000;
const INTERVALS: Record<HistoryBucket, string> = {
  '1h': 'INTERVAL 1 HOUR',
  '1D': 'INTERVAL 1 DAY',
  '7D': 'INTERVAL 7 DAY',
  '28D': 'INTERVAL 28 DAY',
};
/** A time column that ends before it was written in another calendar. */
const LAST_OTHER_YEAR = 1500;
/** Largest share of rows whose time cannot be read. */
const UNREADABLE = 0.05;

/** Reads what the rules need of the time column, or says why it is none. `known` is SQL: the row's outcome is known. */
export async function readTime(
  table: OpenTable,
  facts: ColumnFacts,
  entity: TableColumn[],
  trainUntil: string,
  known: string,
): Promise<{ time: TimeFacts; rows: number } | FieldError> {
  await countTimes(table, facts);
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
    `(SELECT ${when} AS moment, ${known} AS known, ${entity
      .map(column => `${textOf(column)} AS ${column.id}, `)
      .join('')} FROM ${table.relation}) ` +
    `WHERE moment IS NOT NULL${
      limit ? ` AND moment < ${literal(limit)}::TIMESTAMP` : ''
    }`;
  const [row] = await table.duck.rows<{
    n: number;
    all_rows: number;
    first: string | null;
    last: string;
    edge: string | null;
    hours: number;
    weekdays: number;
  }>(
    `SELECT count_if(known)::DOUBLE AS n, count(*)::DOUBLE AS all_rows, ${iso(
      'min(moment)',
    )} AS first, ${iso('max(moment)')} AS last, ${iso(
      'quantile_disc(moment, 0.8) FILTER (known)',
    )} AS edge, ` +
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
      edge: row.edge ?? row.last,
      hourShare: row.hours,
      weekdays: row.weekdays,
      crowd: await crowdOf(table, source, entity, row.all_rows),
    },
  };
}

/** Whole numbers are a time where all of them count the same thing. */
async function countTimes(table: OpenTable, facts: ColumnFacts) {
  const { column, numeric, lowest, highest } = facts;
  const persian = (lowest ?? 0) >= 13000101 && (highest ?? 0) <= 14501231;
  const plain = column.class === 'text' && facts.timeShare > 0.95 && !persian;
  if (plain || column.written || !numeric || column.class === 'bool') return;
  if (lowest === null || highest === null) return;
  column.written = await countedTimes(table, column, { lowest, highest });
}

async function unreadable(
  table: OpenTable,
  facts: ColumnFacts,
  when: string,
): Promise<FieldError | undefined> {
  const { column } = facts;
  const refuse = (message: string) => ({ field: 'time', message });
  if (!column.written && (column.orders || column.odd)) {
    return refuse(whyUnread(column));
  }
  const [{ share, example, last }] = await table.duck.rows<{
    share: number | null;
    example: string | null;
    last: number | null;
  }>(
    `SELECT avg((${when} IS NULL)::INT)::DOUBLE AS share, ` +
      `left(any_value(${column.id}::VARCHAR) FILTER (${when} IS NULL AND ${column.id} IS NOT NULL), 40) AS example, ` +
      `year(max(${when}))::DOUBLE AS last FROM ${table.relation}`,
  );
  if ((share ?? 1) > UNREADABLE) {
    const such = example === null ? '' : `, such as '${example}'`;
    return refuse(
      `${Math.round(100 * (share ?? 1))}% of the values of '${
        column.name
      }' are missing or no time${such}; write them all in one way, best as 2001-03-15 08:30`,
    );
  }
  if (last !== null && last < LAST_OTHER_YEAR) {
    return refuse(
      `the last year of '${column.name}' is ${last}; dates of the Persian calendar are read where they are text such as 1402/05/13`,
    );
  }
  return undefined;
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
