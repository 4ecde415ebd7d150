import {
  judgeTarget,
  MOST_CLASSES,
  PositiveRule,
  readRule,
  TargetFacts,
} from '@mlops-portal/plugin-mlops-common';
import { literal } from '../duckdb/duckdb';
import { numberOf, textOf } from './expressions';
import { ColumnFacts } from './facts';
import { OpenTable, TableColumn } from './table';

/** What says in a target that it is not known, in any case; the repository passes the same words over. */
const NOTHING = "('', 'na', 'n/a', '#n/a', '<na>', 'nan', 'null', '?')";

/** The target as text without blanks around it; NULL where it says nothing. */
function namedOf(column: TableColumn): string {
  const text = `trim(${textOf(column)})`;
  return `CASE WHEN lower(${text}) NOT IN ${NOTHING} THEN ${text} END`;
}

/** The target column as the rules judge it. */
export async function readTarget(
  table: OpenTable,
  facts: ColumnFacts,
): Promise<TargetFacts> {
  const number = numberOf(facts.column);
  const named = namedOf(facts.column);
  const words = facts.column.class === 'text' && !facts.column.written;
  const counts = words
    ? `count(${named})::DOUBLE AS known, count(DISTINCT ${named})::DOUBLE AS distinct`
    : `${facts.known}::DOUBLE AS known, ${facts.distinct}::DOUBLE AS distinct`;
  const [{ whole, known, distinct }] = await table.duck.rows<{
    whole: boolean | null;
    known: number;
    distinct: number;
  }>(
    `SELECT bool_and(${number} = floor(${number})) AS whole, ${counts} FROM ${table.relation}`,
  );
  const few = distinct <= MOST_CLASSES;
  const values = few
    ? await table.duck.rows<{ value: string; n: number }>(
        `SELECT left(${named}, 200) AS value, count(*)::DOUBLE AS n FROM ${table.relation} WHERE ${named} IS NOT NULL GROUP BY 1 ORDER BY 1`,
      )
    : [];
  return {
    column: facts.column.name,
    rows: table.rows,
    known: facts.numeric ? facts.numbers : known,
    distinct,
    numeric: facts.numeric && facts.column.class !== 'bool',
    whole: whole === true,
    lowest: facts.lowest,
    highest: facts.highest,
    values: values.map(({ value }) => value),
    counts: values.map(({ n }) => n),
  };
}

/** SQL for "this row is positive": true, false, or NULL where the target is missing. */
export function positiveSql(facts: ColumnFacts, rule: PositiveRule): string {
  const text = namedOf(facts.column);
  const number = numberOf(facts.column);
  const asNumber = facts.numeric && facts.column.class !== 'bool';
  if (rule.number !== null && (rule.sign !== '==' || asNumber)) {
    return `(${number} ${rule.sign === '==' ? '=' : rule.sign} ${rule.number})`;
  }
  return /^(true|false)$/i.test(rule.value)
    ? `(lower(${text}) = ${literal(rule.value.toLowerCase())})`
    : `(${text} = ${literal(rule.value)})`;
}

/** What is learnt, as SQL: 0 or 1, the class as text, or the number. */
export function outcomeSql(
  facts: ColumnFacts,
  verdict: Exclude<ReturnType<typeof judgeTarget>, { field: string }>,
): string {
  if (verdict.task === 'regression') return numberOf(facts.column);
  if (verdict.task === 'multiclass') return namedOf(facts.column);
  return `${positiveSql(facts, readRule(verdict.positive!)!)}::INT`;
}

/** Share of positive rows among those with a known target. */
export async function positiveShareOf(
  table: OpenTable,
  facts: ColumnFacts,
  rule: PositiveRule,
): Promise<number> {
  const [{ share }] = await table.duck.rows<{ share: number | null }>(
    `SELECT avg(${positiveSql(facts, rule)}::INT)::DOUBLE AS share FROM ${
      table.relation
    }`,
  );
  return share ?? 0;
}

/** How many rows have a known outcome; all of them where it is not known what the outcome is. */
export async function knownRows(
  table: OpenTable,
  outcome: string | undefined,
): Promise<number> {
  if (!outcome) return table.rows;
  const [{ n }] = await table.duck.rows<{ n: number }>(
    `SELECT count(${outcome})::DOUBLE AS n FROM ${table.relation}`,
  );
  return n;
}
