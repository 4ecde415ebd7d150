import { literal } from '../duckdb/duckdb';
import { PERSIAN, persianSql } from './persian';
import { TableColumn, Written } from './table';

/**
 * Ways of writing a time that pandas reads the same way without being told. Numeric dates with day and month in either
 * order are not among them: how such a column is written is found from the whole of it.
 */
const TIME_FORMATS = [
  '%Y/%m/%d %H:%M',
  '%Y/%m/%d %H:%M:%S',
  '%b %d %Y',
  '%b %d, %Y',
  '%B %d %Y',
  '%B %d, %Y',
  '%d %b %Y',
  '%d %B %Y',
  '%d-%b-%y',
  '%d-%b-%Y',
  '%b %Y',
  '%B %Y',
  '%Y%m%d',
  '%Y-%m',
];

/** Digits and signs of Persian and Arabic, and what they are elsewhere. */
const OTHER_DIGITS = ['۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩٫٬−٪', '01234567890123456789.,-%'];
/** Marks that nobody sees: they say which way the text runs. */
const UNSEEN = '[\\x{200c}-\\x{200f}\\x{202a}-\\x{202e}\\x{2066}-\\x{2069}]';

/** The text with plain digits and without marks that nobody sees. */
function plainSql(id: string): string {
  return `regexp_replace(translate(${id}::VARCHAR, ${OTHER_DIGITS.map(
    literal,
  ).join(', ')}), '${UNSEEN}', '', 'g')`;
}

/** The number as DOUBLE of a text that is written with separators, a currency or a percent sign; NULL for what does not fit. */
export function numberSql({ id }: TableColumn, written: Written): string {
  const [group, point] = written === '1,234.5' ? [',', '.'] : ['.', ','];
  const bare = `regexp_replace(${plainSql(
    id,
  )}, '[\\s\\x{a0}\\x{202f}%\\p{Sc}]', '', 'g')`;
  const shape = `(\\([0-9.,]+\\)|[+-]?[0-9.,]+)`;
  const grouped = `[(+-]?([0-9]{1,3}(\\${group}[0-9]{3})+|[0-9]+)(\\${point}[0-9]+)?\\)?`;
  const zero = `[(+-]?0\\${group}.*`;
  const sign = `CASE WHEN starts_with(${bare}, '(') THEN -1 ELSE 1 END`;
  const plain = `replace(replace(regexp_replace(${bare}, '[()+]', '', 'g'), '${group}', ''), '${point}', '.')`;
  return finite(
    `CASE WHEN regexp_full_match(${bare}, '${shape}') AND regexp_full_match(${bare}, '${grouped}') ` +
      `AND NOT regexp_full_match(${bare}, '${zero}') THEN (${sign}) * TRY_CAST(${plain} AS DOUBLE) END`,
  );
}

/** The moment in UTC of a value that is written in that way; NULL for what does not fit. */
export function timeSql({ id }: TableColumn, written: Written): string {
  if (written === 'seconds' || written === 'milliseconds') {
    const number = `TRY_CAST(${id}::VARCHAR AS DOUBLE)`;
    const micros = written === 'seconds' ? 1e6 : 1e3;
    return `make_timestamp((${number} * ${micros})::BIGINT)`;
  }
  const text = `trim(${plainSql(id)})`;
  return written.startsWith(PERSIAN)
    ? persianSql(text, written.slice(PERSIAN.length))
    : `try_strptime(${text}, ${literal(written)})`;
}

/** Whether a way of writing is one of times. */
export function isTime(written: Written | undefined): boolean {
  return written !== undefined && !written.startsWith('1');
}

/** The value as DOUBLE as `pandas.to_numeric` would read it; NULL for what is missing, infinite or no number. */
export function numberOf(column: TableColumn): string {
  const { id } = column;
  if (column.written) {
    return isTime(column.written)
      ? 'NULL::DOUBLE'
      : numberSql(column, column.written);
  }
  switch (column.class) {
    case 'int':
      return `${id}::DOUBLE`;
    case 'float':
      return finite(`${id}::DOUBLE`);
    case 'bool':
      return `${id}::INT::DOUBLE`;
    case 'text':
      // A cast alone would read 1_000 as a number, which pandas does not.
      return finite(
        `TRY_CAST(CASE WHEN NOT contains(${id}::VARCHAR, '_') THEN ${id}::VARCHAR END AS DOUBLE)`,
      );
    default:
      return 'NULL::DOUBLE';
  }
}

/** The value as TIMESTAMP in UTC; NULL for what is no time. Numbers are no times: pandas would take them for nanoseconds. */
export function timeOf(column: TableColumn): string {
  if (column.written) {
    return isTime(column.written)
      ? timeSql(column, column.written)
      : 'NULL::TIMESTAMP';
  }
  if (column.class === 'time') {
    return column.sourceType === 'TIMESTAMP'
      ? column.id
      : `(${column.id}::TIMESTAMPTZ)::TIMESTAMP`;
  }
  if (column.class !== 'text') return 'NULL::TIMESTAMP';
  const text = `trim(${column.id}::VARCHAR)`;
  const formats = TIME_FORMATS.map(literal).join(', ');
  return (
    `CASE WHEN regexp_full_match(${text}, '(1[89]|20)[0-9]{2}') THEN try_strptime(${text}, '%Y') ` +
    `WHEN regexp_matches(${text}, '[0-9]') THEN ` +
    `coalesce(TRY_CAST(${text} AS TIMESTAMPTZ)::TIMESTAMP, try_strptime(${text}, [${formats}])) END`
  );
}

/** The value as text the way `str()` gives it in pandas; NULL where it is missing. */
export function textOf(column: TableColumn): string {
  if (column.class === 'bool') {
    return `CASE ${column.id} WHEN true THEN 'True' WHEN false THEN 'False' END`;
  }
  return column.class === 'float'
    ? `CASE WHEN ${numberOf(column)} IS NOT NULL THEN ${column.id}::VARCHAR END`
    : `${column.id}::VARCHAR`;
}

/** The column itself, with NaN as missing. */
export function knownOf(column: TableColumn): string {
  return column.class === 'float' ? numberOf(column) : column.id;
}

function finite(number: string): string {
  return `(CASE WHEN isfinite(${number}) THEN ${number} END)`;
}
