import { Task } from '@mlops-portal/plugin-mlops-common';
import { knownOf, numberOf } from './expressions';
import { ColumnFacts } from './facts';
import { OpenTable } from './table';

/** Rows that are looked at; a column that gives the answer away does so in any of them. */
const ROWS = 200_000;
/** Values that are held at once for it. */
const CELLS = 10_000_000;
/** Groups that would be mixed by chance, at least, for "none is mixed" to mean something. */
const EXPECTED_MIXED = 20;

/**
 * Columns that give the target away: each of their values goes with one outcome only, where chance would have mixed many.
 * Name -> reason. Columns with a (nearly) different value in every row prove nothing and are passed over.
 */
export async function findLeaks(
  table: OpenTable,
  candidates: ColumnFacts[],
  target: { sql: string; task: Task; name: string },
): Promise<Map<string, string>> {
  const leaks = new Map<string, string>();
  const most = Math.min(ROWS, Math.ceil(CELLS / (candidates.length + 1)));
  const step = Math.max(1, Math.ceil(table.rows / most));
  const ids = candidates.map(each => `${each.column.id}, `).join('');
  await table.duck.run(
    `CREATE OR REPLACE TEMP TABLE picked_rows AS SELECT ${ids}outcome FROM ` +
      `(SELECT ${ids}${target.sql} AS outcome, row_number() OVER () AS nth FROM ${table.relation}) ` +
      `WHERE outcome IS NOT NULL AND nth % ${step} = 0`,
  );
  const rows = 'picked_rows';
  const seen = step > 1 ? ` in ${most.toLocaleString('en')} rows` : '';
  for (const each of candidates) {
    if (each.column.class === 'other' || each.distinct < 2) continue;
    const linear =
      target.task === 'regression' && each.kind === 'number'
        ? await isLinear(table, rows, each)
        : false;
    if (linear) {
      leaks.set(
        each.column.name,
        `gives '${target.name}' away: it is the same number but for scale${seen}`,
      );
    } else if (await isDetermining(table, rows, each, target.task)) {
      leaks.set(
        each.column.name,
        `gives '${target.name}' away: each of its values goes with one outcome only${seen}`,
      );
    }
  }
  return leaks;
}

async function isLinear(
  table: OpenTable,
  rows: string,
  each: ColumnFacts,
): Promise<boolean> {
  const [{ r2, n }] = await table.duck.rows<{ r2: number | null; n: number }>(
    `SELECT regr_r2(outcome::DOUBLE, x) AS r2, count(x)::DOUBLE AS n FROM (SELECT outcome, ${numberOf(
      each.column,
    )} AS x FROM ${rows})`,
  );
  return n > 100 && r2 !== null && r2 > 1 - 1e-9;
}

/** Groups by value; by chance a group of k rows is of one outcome with probability sum(share^k). */
async function isDetermining(
  table: OpenTable,
  rows: string,
  each: ColumnFacts,
  task: Task,
): Promise<boolean> {
  const outcome =
    task === 'regression' ? 'outcome::DOUBLE' : 'outcome::VARCHAR';
  const [{ mixed, expected }] = await table.duck.rows<{
    mixed: number;
    expected: number | null;
  }>(
    `WITH picked AS (SELECT ${knownOf(
      each.column,
    )} AS x, ${outcome} AS y FROM ${rows}), ` +
      `shares AS (SELECT count(*)::DOUBLE / sum(count(*)) OVER () AS p FROM picked WHERE x IS NOT NULL GROUP BY y), ` +
      `largest AS (SELECT max(p) AS p FROM shares), ` +
      `grouped AS (SELECT count(*)::DOUBLE AS k, (min(y) <> max(y))::INT AS mixed FROM picked WHERE x IS NOT NULL GROUP BY x HAVING count(*) > 1) ` +
      // The largest share alone bounds the chance from above: sum(share^k) <= largest^(k-1).
      `SELECT coalesce(sum(mixed), 0)::DOUBLE AS mixed, sum(1 - pow((SELECT p FROM largest), k - 1))::DOUBLE AS expected FROM grouped`,
  );
  if (mixed > 0 || expected === null) return false;
  return expected >= Math.min(EXPECTED_MIXED, each.distinct * 0.9);
}
