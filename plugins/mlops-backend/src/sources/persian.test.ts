import { withDuck } from '../duckdb/duckdb';
import { csv, noise, plan, profile } from './__testUtils__/planBench';
import { timeSql } from './expressions';
import { TableColumn } from './table';

jest.setTimeout(120_000);

const DAY = 86_400_000;
const calendar = new Intl.DateTimeFormat('en-US-u-ca-persian-nu-latn', {
  timeZone: 'UTC',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
});
/** The day in the Persian calendar as Intl reckons it. */
function persian(at: number) {
  const parts = calendar.formatToParts(at);
  const of = (type: string) => parts.find(part => part.type === type)!.value;
  return { y: of('year'), m: of('month'), d: of('day') };
}
const two = (text: string) => text.padStart(2, '0');
const slashed = (at: number) => {
  const { y, m, d } = persian(at);
  return `${y}/${two(m)}/${two(d)}`;
};
const other = (text: string, digits: string) =>
  text.replace(/[0-9]/g, digit => digits[Number(digit)]);

const column: TableColumn = {
  name: 't',
  id: 'c0',
  sourceType: 'VARCHAR',
  class: 'text',
};
/** What SQL reads of texts that are written in that way. */
function read(texts: string[], written: string) {
  return withDuck({}, async duck => {
    const rows = await duck.rows<{ at: number | null }>(
      `SELECT epoch_ms(${timeSql(column, written)})::DOUBLE AS at FROM ` +
        `(SELECT unnest([${texts.map(text => `'${text}'`).join(', ')}]) AS c0)`,
    );
    return rows.map(({ at }) => at);
  });
}

describe('a date of the Persian calendar', () => {
  it('is the day that Intl says, for every day from 1300 to 1450', async () => {
    const days: number[] = [];
    for (let at = Date.UTC(1921, 2, 21); ; at += DAY) {
      if (persian(at).y === '1451') break;
      days.push(at);
    }
    expect(days).toHaveLength(55_152);
    expect(slashed(days[0])).toBe('1300/01/01');
    expect(await read(days.map(slashed), 'persian %Y/%m/%d')).toEqual(days);
  });

  it.each([
    ['1402/12/30', 'persian %Y/%m/%d'],
    ['1403/12/31', 'persian %Y/%m/%d'],
    ['1402/07/31', 'persian %Y/%m/%d'],
    ['1402/13/01', 'persian %Y/%m/%d'],
    ['1402/00/10', 'persian %Y/%m/%d'],
    ['1299/01/01', 'persian %Y/%m/%d'],
    ['2023/08/04', 'persian %Y/%m/%d'],
    ['1402/05/13 24:00', 'persian %Y/%m/%d %H:%M'],
    ['1402/05/13x', 'persian %Y/%m/%d'],
  ])('is none where there is no such day: %s', async (text, written) => {
    expect(await read([text], written)).toEqual([null]);
  });

  it.each([
    ['1403/12/30', 'persian %Y/%m/%d', '2025-03-20T00:00:00.000Z'],
    ['1402-5-13', 'persian %Y-%m-%d', '2023-08-04T00:00:00.000Z'],
    ['۱۴۰۲/۰۵/۱۳', 'persian %Y/%m/%d', '2023-08-04T00:00:00.000Z'],
    ['١٤٠٢/٠٥/١٣', 'persian %Y/%m/%d', '2023-08-04T00:00:00.000Z'],
    ['\u200f1402/05/13\u200e', 'persian %Y/%m/%d', '2023-08-04T00:00:00.000Z'],
    ['13.05.1402 8:26', 'persian %d.%m.%Y %H:%M', '2023-08-04T08:26:00.000Z'],
    [
      '1402/05/13 08:26:07.5',
      'persian %Y/%m/%d %H:%M:%S.%f',
      '2023-08-04T08:26:07.500Z',
    ],
    ['14020513', 'persian %Y%m%d', '2023-08-04T00:00:00.000Z'],
    ['1402', 'persian %Y', '2023-03-21T00:00:00.000Z'],
  ])('is read as it is written: %s', async (text, written, iso) => {
    expect(await read([text], written)).toEqual([Date.parse(iso)]);
  });
});

describe('a column of dates of the Persian calendar', () => {
  const at = (row: number) => Date.UTC(2019, 0, 1) + row * DAY;
  const good = {
    x: (row: number) => noise(row).toFixed(3),
    y: (row: number) => (noise(row, 2) > 0.5 ? 'yes' : 'no'),
  };
  const ways: Array<[string, (row: number) => unknown, string]> = [
    ['slashes', row => slashed(at(row)), 'persian %Y/%m/%d'],
    ['dashes', row => slashed(at(row)).replace(/\//g, '-'), 'persian %Y-%m-%d'],
    [
      'digits of Persian and hours',
      row => other(`${slashed(at(row))} 08:26`, '۰۱۲۳۴۵۶۷۸۹'),
      'persian %Y/%m/%d %H:%M',
    ],
    [
      'the day first',
      row => slashed(at(row)).split('/').reverse().join('/'),
      'persian %d/%m/%Y',
    ],
    [
      'whole numbers',
      row => slashed(at(row)).replace(/\//g, ''),
      'persian %Y%m%d',
    ],
  ];
  it.each(ways)('gives the time, written with %s', async (_, t, written) => {
    const made = await plan({ source: csv(400, { ...good, t }), time: 't' });
    expect(made.errors).toEqual([]);
    expect(made.values!.written).toEqual({ t: written });
    expect(made.values!.windows).toMatchObject({
      test: expect.stringMatching(/^(79|80|81)d$/),
    });
  });

  it('may be an input, and the form is told how it is written', async () => {
    const source = csv(400, { ...good, born: row => slashed(at(7 * row)) });
    const made = await plan({ source });
    expect(made.values!.columns.born).toBe('date');
    expect(made.values!.written).toEqual({ born: 'persian %Y/%m/%d' });
    const shown = await profile(source);
    expect(shown.columns[2]).toMatchObject({
      kind: 'date',
      written: 'persian %Y/%m/%d',
    });
  });

  it('is refused with the value that is no day, not read in another calendar', async () => {
    const t = (row: number) => (row === 9 ? '1402/12/30' : slashed(at(row)));
    const source = csv(400, { ...good, t });
    const message = expect.stringMatching(
      /'t' holds dates of the Persian calendar, but '1402\/12\/30' is none/,
    );
    const made = await plan({ source, time: 't' });
    expect(made.errors).toEqual([{ field: 'time', message }]);
    expect((await plan({ source })).values!.left_out.t).toEqual(message);
  });

  it('of another calendar stays that: years before 1300', async () => {
    const t = (row: number) => `12${10 + (row % 80)}/05/13`;
    const made = await plan({ source: csv(400, { ...good, t }), time: 't' });
    expect(made.errors[0].message).toMatch(/the last year of 't' is 1289/);
  });

  it('may be of Gregorian dates in digits of Persian', async () => {
    const t = (row: number) =>
      other(
        new Date(at(row)).toISOString().slice(0, 10).replace(/-/g, '/'),
        '۰۱۲۳۴۵۶۷۸۹',
      );
    const made = await plan({ source: csv(400, { ...good, t }), time: 't' });
    expect(made.errors).toEqual([]);
    expect(made.values!.written).toEqual({ t: '%Y/%m/%d' });
  });
});
