import { mkdtempSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { locate, SourceRules } from './places';
import { profileTable } from './profile';
import { withTable } from './table';

jest.setTimeout(120_000);

const home = mkdtempSync(join(tmpdir(), 'sources-'));
const rules: SourceRules = {
  home,
  allowedFolders: [home],
  allowedHosts: [],
  maxUploadBytes: 1_000_000,
};

async function profile(name: string, content: string) {
  const path = join(home, name);
  writeFileSync(path, content);
  const place = await locate({ kind: 'path', path }, rules);
  return withTable(place, { home }, profileTable);
}

describe('profileTable', () => {
  it('reads the three million flights in a few seconds', async () => {
    const started = Date.now();
    const place = await locate({ kind: 'example', example: 'flights' }, rules);
    const seen = await withTable(place, { home }, profileTable);
    expect(Date.now() - started).toBeLessThan(30_000);
    expect(seen.rows).toBe(3_000_000);
    expect(
      seen.columns.map(({ name, kind, distinct, nulls }) => ({
        name,
        kind,
        distinct,
        nulls,
      })),
    ).toEqual([
      { name: 'date', kind: 'date', distinct: expect.any(Number), nulls: 0 },
      { name: 'delay', kind: 'number', distinct: 867, nulls: 0 },
      {
        name: 'distance',
        kind: 'number',
        distinct: expect.any(Number),
        nulls: 0,
      },
      { name: 'origin', kind: 'text', distinct: 229, nulls: 0 },
      {
        name: 'destination',
        kind: 'text',
        distinct: expect.any(Number),
        nulls: 0,
      },
    ]);
    expect(seen.columns.map(({ histogram }) => histogram.length)).toEqual([
      10,
      expect.any(Number),
      expect.any(Number),
      10,
      10,
    ]);
    for (const { histogram } of seen.columns.slice(0, 3)) {
      const sum = histogram.reduce((total, { count }) => total + count, 0);
      expect(sum).toBe(3_000_000);
    }
    const [, delay] = seen.columns;
    // Nearly all delays lie within minus one and three hours, one was counted for a day.
    expect(delay.histogram[1].from).toBeGreaterThan(-60);
    expect(delay.histogram.at(-1)).toMatchObject({ to: Number(delay.max) });
    expect(
      delay.histogram.filter(({ count }) => count > 10_000).length,
    ).toBeGreaterThan(8);
    expect(seen.suggested).toEqual({
      target: 'delay',
      positive: '> 15',
      time: 'date',
      entity: ['origin'],
      trainUntil: '2001-03-15',
    });
  });

  it('types CSV columns the way the pipeline will read them', async () => {
    const rows = Array.from({ length: 500 }, (_, row) =>
      [
        row % 9 ? (row * 1.5).toFixed(1) : 'NA',
        row % 2 ? 'yes' : 'No',
        `2001-0${1 + (row % 9)}-1${row % 9}`,
        9_000_000_000 + (row % 40),
        `"a, ""quoted"" ${row % 5}"`,
        row % 3 ? 'x' : '',
        `1/${1 + (row % 28)}/01 4:05`,
      ].join(','),
    );
    const seen = await profile(
      'typed.csv',
      `\uFEFF"price, €",flag,day,phone,text,half,american\n${rows.join(
        '\n',
      )}\n`,
    );
    expect(
      seen.columns.map(({ name, kind, leftOut, nulls }) => [
        name,
        kind ?? leftOut,
        nulls,
      ]),
    ).toEqual([
      ['price, €', 'number', 0],
      ['flag', 'flag', 0],
      ['day', 'date', 0],
      ['phone', 'text', 0],
      ['text', 'text', 0],
      ['half', 'constant or empty', 167],
      ['american', 'date', 0],
    ]);
    expect(seen.columns[4].samples[0]).toMatch(/^a, "quoted" \d$/);
    expect(seen.sampleRows[0]['price, €']).toBe('NA');
    expect(seen.suggested.time).toBe('day');
  });

  it('counts numbers only, in cells with round bounds', async () => {
    const rows = Array.from({ length: 400 }, (_, row) =>
      row % 4 ? `${row % 100},${row}` : `,${row}`,
    );
    const seen = await profile('gaps.csv', `n,id\n${rows.join('\n')}\n`);
    const { histogram } = seen.columns[0];
    expect(histogram.slice(1).map(({ from }) => from)).toEqual(
      Array.from({ length: 19 }, (_, cell) => 5 * (cell + 1)),
    );
    expect(histogram.reduce((sum, { count }) => sum + count, 0)).toBe(300);
    expect(histogram[1]).toEqual({
      label: '5',
      count: expect.any(Number),
      from: 5,
      to: 10,
    });
  });

  it('reads tables separated by semicolons as the pipeline does', async () => {
    const rows = Array.from(
      { length: 300 },
      (_, row) => `${row % 7};a${row % 3}`,
    );
    const seen = await profile('german.csv', `n;t\n${rows.join('\n')}\n`);
    expect(seen.columns.map(({ name, kind }) => [name, kind])).toEqual([
      ['n', 'number'],
      ['t', 'text'],
    ]);
  });

  it('names the two columns that are called the same', async () => {
    await expect(profile('twice.csv', 'a,b,a\n1,2,3\n')).rejects.toThrow(
      "two columns called 'a'",
    );
  });

  it('names the line where a table breaks', async () => {
    const rows = Array.from({ length: 300 }, (_, row) => `${row},1`);
    rows[200] = '1,2,3,4';
    await expect(
      profile('broken.csv', `a,b\n${rows.join('\n')}\n`),
    ).rejects.toThrow(
      /line 20[12] of .* has 3 values where the first line names 2/,
    );
  });
});
