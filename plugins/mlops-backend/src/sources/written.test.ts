import { csv, noise, plan, profile } from './__testUtils__/planBench';

jest.setTimeout(120_000);

const day = (row: number) => new Date(Date.UTC(2019, 0, 1 + row));
const two = (n: number) => String(n).padStart(2, '0');
const parts = (row: number) => ({
  y: day(row).getUTCFullYear(),
  m: two(day(row).getUTCMonth() + 1),
  d: two(day(row).getUTCDate()),
});
const good = {
  x: (row: number) => noise(row).toFixed(3),
  y: (row: number) => (noise(row, 2) > 0.5 ? 'yes' : 'no'),
};
/** A value in quotes, so that commas in it separate nothing. */
const quoted = (text: string) => `"${text}"`;

describe('the way a time is written', () => {
  const ways: Array<[string, (row: number) => unknown, string]> = [
    [
      'day first',
      row => `${parts(row).d}/${parts(row).m}/${parts(row).y}`,
      '%d/%m/%Y',
    ],
    [
      'month first',
      row => `${parts(row).m}/${parts(row).d}/${parts(row).y}`,
      '%m/%d/%Y',
    ],
    [
      'day first, with dots, hours and no leading zeros',
      row =>
        `${Number(parts(row).d)}.${Number(parts(row).m)}.${parts(row).y} 8:26`,
      '%d.%m.%Y %H:%M',
    ],
    [
      'a year in two digits',
      row => `${parts(row).d}-${parts(row).m}-19`,
      '%d-%m-%y',
    ],
    [
      'half days',
      row => `${parts(row).m}/${parts(row).d}/${parts(row).y} 03:05 PM`,
      '%m/%d/%Y %I:%M %p',
    ],
    [
      'words of mail',
      row => quoted(day(row).toUTCString()),
      '%a, %d %b %Y %H:%M:%S GMT',
    ],
    ['seconds', row => day(row).getTime() / 1000, 'seconds'],
    ['milliseconds', row => day(row).getTime(), 'milliseconds'],
  ];
  it.each(ways)('is found: %s', async (_, t, format) => {
    const made = await plan({ source: csv(300, { ...good, t }), time: 't' });
    expect(made.errors).toEqual([]);
    expect(made.values!.written).toEqual({ t: format });
    expect(made.values!.windows).toMatchObject({
      test: expect.stringMatching(/^6[01]d$/),
    });
  });

  it('is asked of nobody where it is plain', async () => {
    const t = (row: number) => day(row).toISOString();
    const made = await plan({ source: csv(300, { ...good, t }), time: 't' });
    expect(made.values!.written).toEqual({});
  });

  const born = (row: number) => `0${1 + (row % 9)}/05/${1950 + (row % 50)}`;

  it('leaves an input out that fits in both orders, and says so', async () => {
    const made = await plan({ source: csv(400, { ...good, born }) });
    expect(made.errors).toEqual([]);
    expect(made.values!.left_out.born).toMatch(/day first.*month first/);
  });

  it.each(['%d/%m/%Y', '%m/%d/%Y'])(
    'is %s of an input that fits in both, once it is chosen',
    async format => {
      const source = csv(400, { ...good, born });
      const made = await plan({ source, written: { born: format } });
      expect(made.errors).toEqual([]);
      expect(made.values!.written).toEqual({ born: format });
      expect(made.values!.columns.born).toBe('date');
      const shown = await profile(source, { born: format });
      expect(shown.columns.find(({ name }) => name === 'born')).toMatchObject({
        kind: 'date',
        written: format,
        orders: ['%d/%m/%Y', '%m/%d/%Y'],
      });
    },
  );

  it('is asked for at the time, and the choice decides about its windows', async () => {
    const t = (row: number) => `${two(1 + (row % 12))}/05/${1950 + (row % 50)}`;
    const source = csv(400, { ...good, t });
    const asked = await plan({ source, time: 't' });
    expect(asked.errors).toEqual([
      { field: 'time', message: expect.stringMatching(/choose which it is/) },
    ]);
    const [dayFirst, monthFirst] = await Promise.all(
      ['%d/%m/%Y', '%m/%d/%Y'].map(written =>
        plan({ source, time: 't', written: { t: written } }),
      ),
    );
    expect(dayFirst.errors).toEqual([]);
    expect(dayFirst.values!.written).toEqual({ t: '%d/%m/%Y' });
    expect(monthFirst.values!.windows).not.toEqual(dayFirst.values!.windows);
  });

  it('stays a question where the choice does not fit the values', async () => {
    const made = await plan({
      source: csv(400, { ...good, born }),
      written: { born: '%Y-%m-%d', x: '%d/%m/%Y' },
    });
    expect(made.values!.left_out.born).toMatch(/day first.*month first/);
    expect(made.values!.written).toEqual({});
  });
});

describe('the way a number is written', () => {
  const amount = (row: number) =>
    900 + Math.round(noise(row, 3) * 9_000_000) / 100;
  const english = (n: number) =>
    n.toLocaleString('en-US', { minimumFractionDigits: 2 });
  const persian = (text: string) =>
    text.replace(/[0-9]/g, digit => '۰۱۲۳۴۵۶۷۸۹'[Number(digit)]);
  const ways: Array<[string, (n: number) => string, string]> = [
    ['dollars with thousands', n => `$${english(n)}`, '1,234.5'],
    ['percent', n => `${english(n)} %`, '1,234.5'],
    [
      'a comma before the decimals',
      n => n.toLocaleString('de-DE', { minimumFractionDigits: 2 }),
      '1.234,5',
    ],
    ['digits of Persian', n => persian(String(Math.round(n))), '1,234.5'],
  ];
  it.each(ways)('is found: %s', async (_, write, format) => {
    const made = await plan({
      source: csv(400, { ...good, a: row => quoted(write(amount(row))) }),
    });
    expect(made.errors).toEqual([]);
    expect(made.values!.written).toEqual({ a: format });
    expect(made.values!.columns.a).toBe('number');
  });

  it('makes a regression of a target in money', async () => {
    const made = await plan({
      source: csv(400, {
        x: good.x,
        y: row => quoted(`$${english(amount(row))}`),
      }),
    });
    expect(made.task).toBe('regression');
    expect(made.values!.written).toEqual({ y: '1,234.5' });
  });

  it('is not looked for in codes, telephone numbers and addresses', async () => {
    const made = await plan({
      source: csv(400, {
        ...good,
        phone: row => `0912 34${row % 90} 6789`,
        host: row => `10.0.${row % 7}.1`,
        pair: row => quoted(`${row % 5},${row % 3},1`),
      }),
    });
    expect(made.values!.written).toEqual({});
    expect(made.values!.columns).toMatchObject({ host: 'text', pair: 'text' });
  });
});

describe('words for nothing', () => {
  it.each(['.', '--', 'missing', 'unknown', ' ', 'inf'])(
    'do not make text of numbers: "%s"',
    async word => {
      const x = (row: number) => (row % 6 ? noise(row).toFixed(2) : word);
      const made = await plan({ source: csv(400, { x, y: good.y }) });
      expect(made.values!.columns).toEqual({ x: 'number' });
      expect(made.values!.max_missing.x).toBeGreaterThan(0.16);
    },
  );

  it('are no class of the target, and neither are blanks around a word', async () => {
    const y = (row: number) => (row % 5 ? ` ${good.y(row)}` : 'NA');
    const made = await plan({ source: csv(400, { x: good.x, y }) });
    expect(made).toMatchObject({ errors: [], task: 'binary', classes: 2 });
    expect(made.values!.positive).toBe('== yes');
    expect(made.positiveShare).toBeGreaterThan(0.3);
  });
});
