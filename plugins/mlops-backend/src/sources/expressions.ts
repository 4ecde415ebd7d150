import { literal } from '../duckdb/duckdb';
import { TableColumn } from './table';

/** Ways of writing a time that pandas reads the same way. Day-first dates are not among them: pandas would swap day and month. */
const TIME_FORMATS = [
  '%m/%d/%y',
  '%m/%d/%Y',
  '%m/%d/%y %H:%M',
  '%m/%d/%Y %H:%M',
  '%m/%d/%y %H:%M:%S',
  '%m/%d/%Y %H:%M:%S',
  '%m/%d/%Y %I:%M %p',
  '%m/%d/%Y %I:%M:%S %p',
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

/** The value as DOUBLE as `pandas.to_numeric` would read it; NULL for what is missing, infinite or no number. */
export function numberOf(column: TableColumn): string {
  const { id } = column;
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
