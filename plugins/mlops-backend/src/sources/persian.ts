import { literal } from '../duckdb/duckdb';

/** Before a format of strptime: the date is one of the Persian calendar (1402/05/13). */
export const PERSIAN = 'persian ';

/** Years that dates of a column are taken for the Persian calendar's by: 1921 to 2071. */
export const PERSIAN_YEARS = { first: 1300, last: 1450 };

/** Part of a date -> its digits, alone and where nothing stands between the parts. */
const DIGITS: Record<string, [string, string]> = {
  Y: ['(\\d{4})', '(\\d{4})'],
  m: ['(\\d{1,2})', '(\\d{2})'],
  d: ['(\\d{1,2})', '(\\d{2})'],
  H: ['(\\d{1,2})', '(\\d{2})'],
  M: ['(\\d{2})', '(\\d{2})'],
  S: ['(\\d{2})', '(\\d{2})'],
  f: ['(\\d{1,6})', '(\\d{1,6})'],
};

/** Names of the parts inside SQL, where large and small letters are the same. */
const NAMES: Record<string, string> = {
  Y: 'year',
  m: 'month',
  d: 'day',
  H: 'hour',
  M: 'minute',
  S: 'second',
  f: 'fraction',
};

const LEAP = '(25 * n.y + 11) % 33 < 8';
const IS_MOMENT =
  `n.y BETWEEN ${PERSIAN_YEARS.first} AND ${PERSIAN_YEARS.last} AND n.m BETWEEN 1 AND 12 AND n.d >= 1 ` +
  `AND n.d <= CASE WHEN n.m <= 6 THEN 31 WHEN n.m <= 11 OR ${LEAP} THEN 30 ELSE 29 END ` +
  `AND n.h < 24 AND n.i < 60 AND n.s < 60`;
/** Days from 1 January 1970 to the day before the first of the calendar. */
const EPOCH = 492_269;
const DAYS =
  `365::BIGINT * (n.y - 1) + (8 * n.y + 21) // 33 + ` +
  `CASE WHEN n.m <= 7 THEN 31 * (n.m - 1) ELSE 30 * (n.m - 1) + 6 END + n.d - ${EPOCH}`;
const MICROSECONDS = `(((${DAYS}) * 24 + n.h) * 60 + n.i) * 60000000 + n.s * 1000000 + n.f`;

/**
 * SQL for the moment of a text that is written in that format of the Persian calendar; NULL for what does not fit or is no day.
 * The leap years are those of the 33-year cycle, right for all of the years that are read; the repository reckons alike.
 */
export function persianSql(text: string, format: string): string {
  const letters = [...format.matchAll(/%([YmdHMSf])/g)].map(match => match[1]);
  const compact = /^(%[Ymd])+$/.test(format) ? 1 : 0;
  const pattern = format
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replace(/%([YmdHMSf])/g, (_, letter) => DIGITS[letter][compact]);
  const names = letters.map(letter => `'${NAMES[letter]}'`).join(', ');
  const parts = `regexp_extract(${text}, ${literal(
    `^${pattern}$`,
  )}, [${names}])`;
  const of = (letter: string, otherwise: string) =>
    letters.includes(letter)
      ? `TRY_CAST(struct_extract(p, '${NAMES[letter]}') AS INT)`
      : otherwise;
  const fraction = letters.includes('f')
    ? `TRY_CAST(rpad(struct_extract(p, 'fraction'), 6, '0') AS INT)`
    : '0';
  const numbers =
    `{'y': ${of('Y', '0')}, 'm': ${of('m', '1')}, 'd': ${of('d', '1')}, ` +
    `'h': ${of('H', '0')}, 'i': ${of('M', '0')}, 's': ${of(
      'S',
      '0',
    )}, 'f': ${fraction}}`;
  return (
    `list_transform(list_transform([${parts}], lambda p: ${numbers}), ` +
    `lambda n: CASE WHEN ${IS_MOMENT} THEN make_timestamp(${MICROSECONDS}) END)[1]`
  );
}
