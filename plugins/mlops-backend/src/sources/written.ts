import { literal } from '../duckdb/duckdb';
import { numberOf, numberSql, timeSql } from './expressions';
import { OpenTable, TableColumn, Written } from './table';

/** Values that are looked at for what a column may be written in. */
const SAMPLE = 1000;
const DAY_AND_MONTH =
  /^(\d{1,2})([./-])\d{1,2}\2(\d{4}|\d{2})(?:([ T])\d{1,2}:\d{2}(:\d{2}(?:\.\d+)?)?( ?[AaPp][Mm])?)?$/;
const IN_WORDS = [
  '%a, %d %b %Y %H:%M:%S GMT',
  '%a, %d %b %Y %H:%M:%S',
  '%a %b %d %H:%M:%S %Y',
  '%A, %B %d, %Y',
  '%A, %d %B %Y',
];
const NUMBERS: Written[] = ['1,234.5', '1.234,5'];

/**
 * Finds how the values of text columns are written where neither a number nor a time can be read plainly, from each column
 * as a whole: all of its values with a digit must fit. Marks the columns (`written`, or `bothOrders` where day and month
 * cannot be told apart) and gives those that changed.
 */
export async function findWritten(
  table: OpenTable,
  columns: TableColumn[],
  separator: string | undefined,
): Promise<TableColumn[]> {
  const changed: TableColumn[] = [];
  for (const column of columns) {
    const sample = await sampleOf(table, column);
    const dates = dateFormats(sample);
    const candidates = dates.length ? dates : NUMBERS;
    if (!dates.length && !sample.some(looksStyled)) continue;
    const fits = await fitting(table, column, candidates);
    if (!fits.length) continue;
    changed.push(column);
    if (fits.length > 1 && dates[0]?.startsWith('%d')) column.bothOrders = true;
    else column.written = dates.length ? fits[0] : numbersOf(fits, separator);
  }
  return changed;
}

async function sampleOf(table: OpenTable, column: TableColumn) {
  const rows = await table.duck.rows<{ value: string }>(
    `SELECT DISTINCT trim(${column.id}::VARCHAR) AS value FROM (SELECT ${column.id} FROM ${table.relation} ` +
      `WHERE ${column.id} IS NOT NULL LIMIT ${20 * SAMPLE}) LIMIT ${SAMPLE}`,
  );
  const values = rows.map(({ value }) => value);
  const digits = values.filter(value => /\p{Nd}/u.test(value));
  return digits.length > values.length / 2 ? digits : [];
}

/** A number with marks that a plain one has not: separators, a currency, a percent sign, digits of another script. */
function looksStyled(value: string): boolean {
  return /^[(+-]?\s*\p{Sc}?\s*[+-]?\p{Nd}[\p{Nd}.,٫٬\u00a0\u202f]*\s*(\p{Sc}|%|٪)?\)?$/u.test(
    value,
  );
}

/** Formats that the first value of a known shape allows; both orders of day and month where it has them. */
function dateFormats(sample: string[]): Written[] {
  const shapes = sample.map(value => DAY_AND_MONTH.exec(value));
  const shape = shapes.find(each => each !== null);
  if (shape) {
    const [, , mark, year, gap, seconds, half] = shape;
    const hours = half ? '%I' : '%H';
    const fraction = seconds?.includes('.') ? '.%f' : '';
    const time = gap
      ? `${gap}${hours}:%M${seconds ? `:%S${fraction}` : ''}${
          half ? half.replace(/[AaPp][Mm]/, '%p') : ''
        }`
      : '';
    const y = year.length === 4 ? '%Y' : '%y';
    return [`%d${mark}%m${mark}${y}${time}`, `%m${mark}%d${mark}${y}${time}`];
  }
  return sample.some(value => /^\p{L}{3,9},? .*\d{4}/u.test(value))
    ? IN_WORDS
    : [];
}

/** The candidates that read every value with a digit, of a column with at least one. */
async function fitting(
  table: OpenTable,
  column: TableColumn,
  candidates: Written[],
): Promise<Written[]> {
  const text = `${column.id}::VARCHAR`;
  const counts = candidates.map((written, index) => {
    const read = written.includes('%')
      ? timeSql(column, written)
      : numberSql(column, written);
    return `count(${read})::DOUBLE AS n${index}, max(${
      written.includes('%')
        ? `(${read} > now()::TIMESTAMP + INTERVAL 2 YEAR)::INT`
        : '0'
    })::DOUBLE AS f${index}`;
  });
  const [row] = await table.duck.rows<Record<string, number>>(
    `SELECT count(${numberOf(
      column,
    )})::DOUBLE AS plain, count_if(regexp_matches(${text}, '\\d|[۰-۹٠-٩]'))::DOUBLE AS digits, ${counts.join(
      ', ',
    )} FROM ${table.relation}`,
  );
  const fits = candidates.filter(
    (_, at) => row[`n${at}`] === row.digits && row[`n${at}`] > row.plain,
  );
  // A year in two digits that lies ahead is a day or a month that was taken for one.
  const ahead = candidates.some(
    (written, at) => /%y/.test(written) && row[`f${at}`] === 1,
  );
  return ahead && fits.length ? candidates.slice(0, 2) : fits;
}

/** Where points and commas could mean either, the file's separator decides: with semicolons the comma is the decimal one. */
function numbersOf(fits: Written[], separator?: string): Written {
  if (fits.length === 1) return fits[0];
  return separator === ';' ? '1.234,5' : '1,234.5';
}

/** How whole numbers of a time column count: years, days such as 20010315, seconds or milliseconds since 1970. */
export async function countedTimes(
  table: OpenTable,
  column: TableColumn,
  bounds: { lowest: number; highest: number },
): Promise<Written | undefined> {
  const { lowest, highest } = bounds;
  const within = (from: number, to: number) => lowest >= from && highest <= to;
  if (within(1800, 2100)) return '%Y';
  if (within(1e8, 4.2e9)) {
    return within(18000101, 21001231) ? undefined : 'seconds';
  }
  if (within(1e11, 4.2e12)) return 'milliseconds';
  if (!within(18000101, 21001231)) return undefined;
  const [{ bad }] = await table.duck.rows<{ bad: number }>(
    `SELECT count_if(${column.id} IS NOT NULL AND ${timeSql(
      column,
      '%Y%m%d',
    )} IS NULL)::DOUBLE AS bad FROM ${table.relation}`,
  );
  return bad ? undefined : '%Y%m%d';
}

/** What a person may write instead, for a column whose order cannot be known. */
export function orderQuestion(column: TableColumn): string {
  return `the dates of '${
    column.name
  }' can be read with the day first and with the month first; write them as ${literal(
    'YYYY-MM-DD',
  )} so that it is clear`;
}

/** How the columns are written that are read as numbers or times; an entity is read as the text that it is. */
export function writtenOf(
  columns: TableColumn[],
  form: { entity: string[]; exclude: string[] },
): Record<string, Written> {
  return Object.fromEntries(
    columns.flatMap(({ name, written }) =>
      written && !form.entity.includes(name) && !form.exclude.includes(name)
        ? [[name, written]]
        : [],
    ),
  );
}
