import { ColumnKind } from '@mlops-portal/plugin-mlops-common';
import { knownOf, numberOf, textOf, timeOf } from './expressions';
import { OpenTable, TableColumn } from './table';

/** What one pass over the table says of a column. */
export interface ColumnFacts {
  column: TableColumn;
  kind: ColumnKind | null;
  leftOut?: string;
  known: number;
  /** Exact where `exactDistinct`. */
  distinct: number;
  exactDistinct: boolean;
  /** Share of the known values that are numbers, times. */
  numberShare: number;
  timeShare: number;
  /** All values are numbers, but for words that say "nothing". */
  numeric: boolean;
  numbers: number;
  min: string | null;
  max: string | null;
  lowest: number | null;
  highest: number | null;
}

/** Above this many different values a count is an estimate. */
const EXACT_UNTIL = 10_000;
/** Values that are looked at for times. */
const TIME_SAMPLE = 20_000;
const FLOAT32_EXACT = 2 ** 24;
const MOST_TEXTS_OF_NUMBERS = 5_000;

/** Words that people and programs write for "nothing": they do not keep a column of numbers from being one. */
const NOTHING =
  "('na', 'n/a', '#n/a', '<na>', 'nan', '-nan', 'null', 'none', '-', '?')";

interface Pass {
  known: number;
  nothing: number;
  about: number;
  numbers: number;
  whole: number;
  flags: number;
  digits: number;
  lowest: number | null;
  highest: number | null;
  min: string | null;
  max: string | null;
}

/** Types and counts of every column, exact where the kind of a column depends on it. */
export async function readFacts(table: OpenTable): Promise<ColumnFacts[]> {
  const passes = await firstPass(table);
  const distinct = await exactCounts(table, passes);
  const times = await timeShares(table, passes);
  return table.columns.map((column, index) => {
    const pass = passes[index];
    const exact = distinct.get(column.id);
    const meant = pass.known - pass.nothing;
    const facts: ColumnFacts = {
      column,
      kind: null,
      known: pass.known,
      distinct: Math.min(exact ?? pass.about, pass.known),
      exactDistinct: exact !== undefined,
      numberShare: meant > 0 ? pass.numbers / meant : 0,
      timeShare: times.get(column.id) ?? 0,
      numeric: meant > 0 && pass.numbers === meant,
      numbers: pass.numbers,
      min: pass.min,
      max: pass.max,
      lowest: pass.lowest,
      highest: pass.highest,
    };
    return { ...facts, ...kindOf(facts, pass, table.rows) };
  });
}

async function firstPass(table: OpenTable): Promise<Pass[]> {
  const parts = table.columns.flatMap(column => {
    const { id } = column;
    const known = knownOf(column);
    const number = numberOf(column);
    const text = column.class === 'text';
    const other = column.class === 'other';
    const shown = column.class === 'time' ? timeOf(column) : known;
    return [
      `count(${known})::DOUBLE AS ${id}_known`,
      `${other ? 0 : `approx_count_distinct(${known})`}::DOUBLE AS ${id}_about`,
      `count(${number})::DOUBLE AS ${id}_numbers`,
      `count_if(${number} = floor(${number}))::DOUBLE AS ${id}_whole`,
      `min(${number})::DOUBLE AS ${id}_lowest`,
      `max(${number})::DOUBLE AS ${id}_highest`,
      `${other ? 'NULL' : `left(min(${shown})::VARCHAR, 200)`} AS ${id}_min`,
      `${other ? 'NULL' : `left(max(${shown})::VARCHAR, 200)`} AS ${id}_max`,
      `${
        text
          ? `count_if(lower(${id}::VARCHAR) IN ('true', 'false', 'yes', 'no'))`
          : 0
      }::DOUBLE AS ${id}_flags`,
      `${
        text ? `count_if(lower(trim(${id}::VARCHAR)) IN ${NOTHING})` : 0
      }::DOUBLE AS ${id}_nothing`,
      `${
        text ? `count_if(regexp_matches(${id}::VARCHAR, '[0-9]'))` : 0
      }::DOUBLE AS ${id}_digits`,
    ];
  });
  const [row] = await table.duck.rows(
    `SELECT ${parts.join(', ')} FROM ${table.relation}`,
  );
  return table.columns.map(({ id }) => {
    const of = (name: string) => row[`${id}_${name}`];
    return {
      known: of('known') as number,
      nothing: of('nothing') as number,
      about: of('about') as number,
      numbers: of('numbers') as number,
      whole: of('whole') as number,
      flags: of('flags') as number,
      digits: of('digits') as number,
      lowest: of('lowest') as number | null,
      highest: of('highest') as number | null,
      min: of('min') as string | null,
      max: of('max') as string | null,
    };
  });
}

/** The estimate is off by up to a fifth, so few values and (nearly) unique ones are counted. */
async function exactCounts(table: OpenTable, passes: Pass[]) {
  const wanted = table.columns.filter(({ class: kind }, index) => {
    const { about, known } = passes[index];
    const keyLike = (kind === 'int' || kind === 'text') && about > known / 2;
    return kind !== 'other' && (about < EXACT_UNTIL * 1.3 || keyLike);
  });
  const counts = new Map<string, number>();
  if (!wanted.length) return counts;
  const [row] = await table.duck.rows<Record<string, number>>(
    `SELECT ${wanted
      .map(
        column => `count(DISTINCT ${knownOf(column)})::DOUBLE AS ${column.id}`,
      )
      .join(', ')} FROM ${table.relation}`,
  );
  for (const { id } of wanted) counts.set(id, row[id]);
  return counts;
}

async function timeShares(table: OpenTable, passes: Pass[]) {
  const shares = new Map<string, number>();
  for (const [index, column] of table.columns.entries()) {
    if (column.class === 'time') shares.set(column.id, 1);
    const { digits, known } = passes[index];
    if (column.class !== 'text' || !known || digits / known < 0.5) continue;
    // Every k-th row, so that a sorted table does not show one end only.
    const step = Math.max(1, Math.floor(known / TIME_SAMPLE));
    const [{ share }] = await table.duck.rows<{ share: number | null }>(
      `SELECT avg((${timeOf(column)} IS NOT NULL)::INT) AS share FROM ` +
        `(SELECT ${column.id}, row_number() OVER () AS nth FROM ${table.relation} WHERE ${column.id} IS NOT NULL) ` +
        `WHERE nth % ${step} = 0`,
    );
    shares.set(column.id, share ?? 0);
  }
  return shares;
}

/** How a column would be used, as the repository types it with pandas; or why it is left out. */
function kindOf(
  facts: ColumnFacts,
  pass: Pass,
  rows: number,
): { kind: ColumnKind | null; leftOut?: string } {
  const leave = (leftOut: string) => ({ kind: null, leftOut });
  const { column, known, distinct } = facts;
  if (column.class === 'other') {
    return leave(`values of type ${column.sourceType} are no single values`);
  }
  if (distinct <= 1) return leave('constant or empty');
  if (column.class === 'bool') return { kind: 'flag' };
  if (column.class === 'time') return { kind: 'date' };
  const numeric = column.class !== 'text' || facts.numeric;
  if (numeric) {
    const whole = pass.whole === pass.numbers;
    if (whole && facts.numbers === rows && distinct === rows) {
      return leave('a different whole number in every row');
    }
    const largest = Math.max(
      Math.abs(facts.lowest ?? 0),
      Math.abs(facts.highest ?? 0),
    );
    if (whole && largest > FLOAT32_EXACT) {
      return distinct < MOST_TEXTS_OF_NUMBERS
        ? { kind: 'text' }
        : leave('large whole numbers look like keys');
    }
    return { kind: 'number' };
  }
  if (pass.flags === known) return { kind: 'flag' };
  if (facts.numberShare > 0.95) return { kind: 'number' };
  if (pass.digits / known > 0.95 && facts.timeShare > 0.95) {
    return { kind: 'date' };
  }
  if (distinct > 0.9 * known) {
    return leave('a different text in (nearly) every row');
  }
  return { kind: 'text' };
}

/** Up to `limit` most frequent values with their counts, most frequent first. */
export async function topValues(
  table: OpenTable,
  column: TableColumn,
  limit: number,
): Promise<Array<{ value: string; n: number }>> {
  return table.duck.rows<{ value: string; n: number }>(
    `SELECT left(${textOf(column)}, 200) AS value, count(*)::DOUBLE AS n FROM ${
      table.relation
    } WHERE ${knownOf(
      column,
    )} IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${limit}`,
  );
}
