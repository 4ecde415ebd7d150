import {
  judgeTarget,
  MOST_CLASSES,
  PositiveRule,
  readRule,
  TargetFacts,
} from '@mlops-portal/plugin-mlops-common';
import { literal } from '../duckdb/duckdb';
import { numberOf, textOf } from './expressions';
import { ColumnFacts, topValues } from './facts';
import { OpenTable } from './table';

/** The target column as the rules judge it. */
export async function readTarget(
  table: OpenTable,
  facts: ColumnFacts,
): Promise<TargetFacts> {
  const number = numberOf(facts.column);
  const [{ whole }] = await table.duck.rows<{ whole: boolean | null }>(
    `SELECT bool_and(${number} = floor(${number})) AS whole FROM ${table.relation}`,
  );
  const top =
    facts.distinct <= MOST_CLASSES
      ? await topValues(table, facts.column, MOST_CLASSES + 1)
      : [];
  return {
    column: facts.column.name,
    rows: table.rows,
    known: facts.numeric ? facts.numbers : facts.known,
    distinct: facts.distinct,
    numeric: facts.numeric && facts.column.class !== 'bool',
    whole: whole === true,
    lowest: facts.lowest,
    highest: facts.highest,
    values: top.map(({ value }) => value).sort(),
  };
}

/** SQL for "this row is positive": true, false, or NULL where the target is missing. */
export function positiveSql(facts: ColumnFacts, rule: PositiveRule): string {
  const text = textOf(facts.column);
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
  if (verdict.task === 'multiclass') return textOf(facts.column);
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
