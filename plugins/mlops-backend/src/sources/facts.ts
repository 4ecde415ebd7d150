import { ColumnKind } from '@mlops-portal/plugin-mlops-common';
import { isTime, knownOf, numberOf, textOf, timeOf } from './expressions';
import { OpenTable, TableColumn } from './table';
import { findWritten, whyUnread } from './written';

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
const FLOAT32_LARGEST = 3.4e38;
/** Columns that one query asks about. */
const AT_ONCE = 60;

const FLAGS = "('true', 'false', 'yes', 'no')";
/** Words that people and programs write for "nothing": they do not keep a column of numbers from being one. */
const NOTHING =
  "('', 'na', 'n/a', 'n.a.', '#n/a', '<na>', 'nan', '-nan', 'null', 'nil', 'none', '-', '--', '?', '.', '..', '*', " +
  "'missing', 'unknown', 'not available', '#value!', '#div/0!', 'inf', '-inf', 'infinity', '-infinity', 'نامشخص', 'ندارد')";

interface Pass {
  known: number;
  nothing: number;
  about: number;
  numbers: number;
  whole: number;
  flags: number;
  lowest: number | null;
  highest: number | null;
  min: string | null;
  max: string | null;
}

/** Types and counts of every column, exact where the kind of a column depends on it. */
export async function readFacts(table: OpenTable): Promise<ColumnFacts[]> {
  const passes = await passesOf(table);
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
      timeShare: times.get(column.id)?.times ?? 0,
      numeric: meant > 0 && pass.numbers === meant,
      numbers: pass.numbers,
      min: pass.min,
      max: pass.max,
      lowest: pass.lowest,
      highest: pass.highest,
    };
    return {
      ...facts,
      ...kindOf(facts, pass, times.get(column.id)?.digits ?? 0, table.rows),
    };
  });
}

/** A first pass; columns that are written in another way than plainly are passed again as what they are then. */
async function passesOf(table: OpenTable): Promise<Pass[]> {
  const passes = await inParts(table.columns, each => firstPass(table, each));
  const open = table.columns.filter(({ class: kind }, index) => {
    const { known, numbers, nothing } = passes[index];
    return kind === 'text' && known > 0 && numbers + nothing < known;
  });
  const changed = await findWritten(table, open);
  const again = await inParts(changed, each => firstPass(table, each));
  changed.forEach((column, index) => {
    passes[table.columns.indexOf(column)] = again[index];
  });
  return passes;
}

/** A question about every column of a wide table does not fit into memory at once. */
async function inParts<T>(
  columns: TableColumn[],
  ask: (part: TableColumn[]) => Promise<T[]>,
): Promise<T[]> {
  const found: T[] = [];
  for (let at = 0; at < columns.length; at += AT_ONCE) {
    found.push(...(await ask(columns.slice(at, at + AT_ONCE))));
  }
  return found;
}

async function firstPass(
  table: OpenTable,
  columns: TableColumn[],
): Promise<Pass[]> {
  const parts = columns.flatMap(column => {
    const { id } = column;
    // Reading a number out of text is dear: it is done once, in the inner query.
    const number = `n_${id}`;
    const known = column.class === 'float' ? number : id;
    const other = column.class === 'other';
    const shown = column.class === 'time' ? timeOf(column) : known;
    const words = (list: string) =>
      column.class === 'text' ? `count_if(l_${id} IN ${list})` : '0';
    return [
      `count(${known})::DOUBLE AS ${id}_known`,
      `${other ? 0 : `approx_count_distinct(${known})`}::DOUBLE AS ${id}_about`,
      `count(${number})::DOUBLE AS ${id}_numbers`,
      `count_if(${number} = floor(${number}))::DOUBLE AS ${id}_whole`,
      `min(${number})::DOUBLE AS ${id}_lowest`,
      `max(${number})::DOUBLE AS ${id}_highest`,
      `${other ? 'NULL' : `left(min(${shown})::VARCHAR, 200)`} AS ${id}_min`,
      `${other ? 'NULL' : `left(max(${shown})::VARCHAR, 200)`} AS ${id}_max`,
      `${words(FLAGS)}::DOUBLE AS ${id}_flags`,
      `${words(NOTHING)}::DOUBLE AS ${id}_nothing`,
    ];
  });
  const read = columns.map(column => {
    const lower =
      column.class === 'text'
        ? `, lower(trim(${column.id}::VARCHAR)) AS l_${column.id}`
        : '';
    return `${column.id}, ${numberOf(column)} AS n_${column.id}${lower}`;
  });
  const [row] = await table.duck.rows(
    `SELECT ${parts.join(', ')} FROM (SELECT ${read.join(', ')} FROM ${
      table.relation
    })`,
  );
  return columns.map(({ id }) => {
    const of = (name: string) => row[`${id}_${name}`];
    return {
      known: of('known') as number,
      nothing: of('nothing') as number,
      about: of('about') as number,
      numbers: of('numbers') as number,
      whole: of('whole') as number,
      flags: of('flags') as number,
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
  await inParts(wanted, async part => {
    const [row] = await table.duck.rows<Record<string, number>>(
      `SELECT ${part
        .map(
          column =>
            `count(DISTINCT ${knownOf(column)})::DOUBLE AS ${column.id}`,
        )
        .join(', ')} FROM ${table.relation}`,
    );
    for (const { id } of part) counts.set(id, row[id]);
    return part;
  });
  return counts;
}

/** Shares of times among some rows, spread over the whole table, so that a sorted one does not show one end only. */
async function timeShares(table: OpenTable, passes: Pass[]) {
  const shares = new Map<string, { times: number; digits: number }>();
  const asked = table.columns.filter((column, index) => {
    if (column.class === 'time') shares.set(column.id, { times: 1, digits: 1 });
    if (isTime(column.written)) {
      shares.set(column.id, { times: 1, digits: 1 });
      return false;
    }
    return column.class === 'text' && mayBeTime(passes[index]);
  });
  if (!asked.length) return shares;
  const ids = asked.map(({ id }) => id).join(', ');
  const step = Math.max(1, Math.floor(table.rows / TIME_SAMPLE));
  await table.duck.run(
    `CREATE OR REPLACE TEMP TABLE some_rows AS SELECT ${ids} FROM ` +
      `(SELECT ${ids}, row_number() OVER () AS nth FROM ${table.relation}) WHERE nth % ${step} = 0`,
  );
  for (const column of asked) {
    const [found] = await table.duck.rows<{
      times: number | null;
      digits: number | null;
    }>(
      `SELECT avg((${timeOf(column)} IS NOT NULL)::INT) AS times, ` +
        `avg(regexp_matches(${column.id}::VARCHAR, '[0-9]')::INT) AS digits ` +
        `FROM some_rows WHERE ${column.id} IS NOT NULL`,
    );
    const { times, digits } = found;
    shares.set(column.id, { times: times ?? 0, digits: digits ?? 0 });
  }
  return shares;
}

/** Text; of plain numbers only those that could be years or days such as 20010315. */
function mayBeTime(pass: Pass): boolean {
  const numeric = pass.numbers + pass.nothing === pass.known;
  return (
    pass.known > 0 &&
    (!numeric || (pass.whole === pass.numbers && pass.lowest! >= 1800))
  );
}

/** How a column would be used, as the repository types it with pandas; or why it is left out. */
function kindOf(
  facts: ColumnFacts,
  pass: Pass,
  digitShare: number,
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
  if (isTime(column.written)) return { kind: 'date' };
  if (column.orders || column.odd) return leave(whyUnread(column));
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
    if (largest > FLOAT32_LARGEST) return leave('numbers beyond 3.4e38');
    if (whole && largest > FLOAT32_EXACT) {
      return distinct < MOST_TEXTS_OF_NUMBERS
        ? { kind: 'text' }
        : leave('large whole numbers look like keys');
    }
    return { kind: 'number' };
  }
  if (pass.flags === known) return { kind: 'flag' };
  if (facts.numberShare > 0.95) return { kind: 'number' };
  if (digitShare > 0.95 && facts.timeShare > 0.95) {
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
  const shown = `left(${textOf(column)}, 200)`;
  const isText = column.class === 'text';
  // Only the few values that are shown are written out; texts that begin alike are shown as one.
  const [by, name] = isText ? [shown, 'v'] : [column.id, column.id];
  return table.duck.rows<{ value: string; n: number }>(
    `SELECT ${isText ? 'v' : shown} AS value, n FROM ` +
      `(SELECT ${by} AS ${name}, count(*)::DOUBLE AS n FROM ${table.relation} ` +
      `WHERE ${knownOf(
        column,
      )} IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${limit}) ORDER BY n DESC, 1`,
  );
}
