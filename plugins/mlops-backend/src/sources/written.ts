import { isTime, numberOf, numberSql, timeSql } from './expressions';
import { PERSIAN, PERSIAN_YEARS } from './persian';
import { OpenTable, TableColumn, Written } from './table';

/** Values that are looked at for what a column may be written in. */
const SAMPLE = 1000;
const TIME =
  /(?:(T|,? |، ?| ?- ?)\d{1,2}:\d{2}(:\d{2}(?:\.\d+)?)?( ?[AaPp][Mm])?)?/
    .source;
const DAY_AND_MONTH = new RegExp(
  `^(\\d{1,2})([./-])\\d{1,2}\\2(\\d{4}|\\d{2})${TIME}$`,
);
const YEAR_FIRST = new RegExp(`^(\\d{4})([./-])\\d{1,2}\\2\\d{1,2}${TIME}$`);
const OTHER_DIGIT = /[۰-۹٠-٩]/;
/** Marks that nobody sees: they say which way the text runs. */
const UNSEEN = /[\u200c-\u200f\u202a-\u202e\u2066-\u2069]/g;
const IN_WORDS = [
  '%a, %d %b %Y %H:%M:%S GMT',
  '%a, %d %b %Y %H:%M:%S',
  '%a %b %d %H:%M:%S %Y',
  '%A, %B %d, %Y',
  '%A, %d %B %Y',
];
/** Candidates of a date with day and month in either order. */
const ORDERS = 2;
const NUMBERS: Written[] = ['1,234.5', '1.234,5'];

/**
 * Finds how the values of text columns are written where neither a number nor a time can be read plainly, from each column
 * as a whole: all of its values with a digit must fit. Marks the columns (`written`; `orders` where day and month cannot be told
 * apart, `odd` where a few values keep a column from being one of dates) and gives those that changed.
 */
export async function findWritten(
  table: OpenTable,
  columns: TableColumn[],
): Promise<TableColumn[]> {
  const changed: TableColumn[] = [];
  for (const column of columns) {
    const sample = await sampleOf(table, column);
    const dates = dateFormats(sample);
    const candidates = dates.length ? dates : NUMBERS;
    if (!dates.length && !sample.some(looksStyled)) continue;
    const { fits, ask, odd } = await fitting(table, column, candidates);
    if (fits.length) changed.push(column);
    if (ask && dates.length) {
      column.orders = fits;
      column.written = fits.find(each => each === table.chosen?.[column.name]);
    } else if (fits.length) {
      column.written = dates.length
        ? fits[0]
        : numbersOf(fits, table.separator);
    } else if (dates[0]?.startsWith(PERSIAN)) {
      column.odd = odd;
    }
  }
  return changed;
}

/** Different values with a digit, plainly written; none where most of the values have no digit. */
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
  const plain = sample.map(value =>
    value
      .replace(UNSEEN, '')
      .replace(/[۰-۹]/g, digit => String('۰۱۲۳۴۵۶۷۸۹'.indexOf(digit)))
      .replace(/[٠-٩]/g, digit => String('٠١٢٣٤٥٦٧٨٩'.indexOf(digit)))
      .trim(),
  );
  const yearFirst = plain
    .map(value => YEAR_FIRST.exec(value))
    .find(each => each !== null);
  if (yearFirst) {
    const [, , mark, ...time] = yearFirst;
    const format = `%Y${mark}%m${mark}%d${timeFormat(time)}`;
    if (mostlyPersian(plain, YEAR_FIRST, 1)) return [PERSIAN + format];
    return sample.some(value => OTHER_DIGIT.test(value)) ? [format] : [];
  }
  const shapes = plain.map(value => DAY_AND_MONTH.exec(value));
  const shape = shapes.find(each => each !== null);
  if (shape) {
    const [, , mark, year, ...time] = shape;
    const y = year.length === 4 ? '%Y' : '%y';
    const calendar = mostlyPersian(plain, DAY_AND_MONTH, 3) ? PERSIAN : '';
    return ['%d', '%m'].map(
      (first, at) =>
        `${calendar}${first}${mark}${at ? '%d' : '%m'}${mark}${y}${timeFormat(
          time,
        )}`,
    );
  }
  return plain.some(value => /^\p{L}{3,9},? .*\d{4}/u.test(value))
    ? IN_WORDS
    : [];
}

function timeFormat([gap, seconds, half]: Array<string | undefined>): string {
  if (!gap) return '';
  const fraction = seconds?.includes('.') ? '.%f' : '';
  return `${gap}${half ? '%I' : '%H'}:%M${seconds ? `:%S${fraction}` : ''}${
    half ? half.replace(/[AaPp][Mm]/, '%p') : ''
  }`;
}

/** Whether the years are those of the Persian calendar; a few slips are told apart later. */
function mostlyPersian(values: string[], shape: RegExp, group: number) {
  const years = values.flatMap(value => shape.exec(value)?.[group] ?? []);
  const { first, last } = PERSIAN_YEARS;
  const persian = years.filter(year => +year >= first && +year <= last);
  return persian.length > 0.9 * years.length;
}

/**
 * The candidates that read every value with a digit, of a column with at least one; `ask` where a person has to say which of them
 * is meant; `odd` is a value that the first of them does not read.
 */
async function fitting(
  table: OpenTable,
  column: TableColumn,
  candidates: Written[],
): Promise<{ fits: Written[]; ask: boolean; odd?: string }> {
  const text = `${column.id}::VARCHAR`;
  const digit = `regexp_matches(${text}, '\\d|[۰-۹٠-٩]')`;
  const counts = candidates.map((written, index) => {
    const time = isTime(written);
    const read = time ? timeSql(column, written) : numberSql(column, written);
    const ahead = `(${read} > now()::TIMESTAMP + INTERVAL 2 YEAR)::INT`;
    return `count(${read})::DOUBLE AS n${index}, max(${
      time ? ahead : '0'
    })::DOUBLE AS f${index}`;
  });
  const first = isTime(candidates[0])
    ? `left(any_value(${text}) FILTER (${digit} AND ${timeSql(
        column,
        candidates[0],
      )} IS NULL), 40)`
    : 'NULL';
  const [row] = await table.duck.rows<
    Record<string, number> & { odd: string | null }
  >(
    `SELECT count(${numberOf(
      column,
    )})::DOUBLE AS plain, count_if(${digit})::DOUBLE AS digits, ${first} AS odd, ${counts.join(
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
  const orders = candidates.length === ORDERS;
  const ask = orders && (fits.length > 1 || (ahead && fits.length > 0));
  return { fits, ask, odd: row.odd ?? undefined };
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
  const { first, last } = PERSIAN_YEARS;
  if (within(1800, 2100)) return '%Y';
  if (within(first, last)) return `${PERSIAN}%Y`;
  if (within(1e8, 4.2e9)) {
    return within(18000101, 21001231) ? undefined : 'seconds';
  }
  if (within(1e11, 4.2e12)) return 'milliseconds';
  const persian = within(first * 1e4 + 101, last * 1e4 + 1231);
  if (!persian && !within(18000101, 21001231)) return undefined;
  const days = `${persian ? PERSIAN : ''}%Y%m%d`;
  const [{ bad }] = await table.duck.rows<{ bad: number }>(
    `SELECT count_if(${column.id} IS NOT NULL AND ${timeSql(
      column,
      days,
    )} IS NULL)::DOUBLE AS bad FROM ${table.relation}`,
  );
  return bad ? undefined : days;
}

/** Why a column is no input yet whose dates can be read in more ways than one, or that holds a few values that are no dates. */
export function whyUnread({ name, odd, orders }: TableColumn): string {
  return orders
    ? `the dates of '${name}' can be read with the day first and with the month first; choose which it is at the column`
    : `'${name}' holds dates of the Persian calendar, but '${odd}' is none; correct it in the table`;
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
