import { writeFileSync } from 'fs';
import { join } from 'path';
import { csv, home, noise, plan } from './__testUtils__/planBench';

jest.setTimeout(120_000);

const lines = (rows: number) =>
  Array.from({ length: rows }, (_, row) => `${noise(row)},${row % 2}`);

describe('a file that is no table as it should be is refused with what to change', () => {
  const cases: Array<[string, string | Buffer, RegExp]> = [
    [
      'a title above the names',
      'Sales 2020\nx,y\n1,2\n',
      /line 2 .*2 values .* 1 columns; leave out/,
    ],
    ['too many values', 'x,y\n1,2,3\n', /line 2 .*3 values .* 2 columns/],
  ];
  it.each(cases)('%s', async (name, content, message) => {
    const path = join(home, `${name}.csv`);
    writeFileSync(path, content);
    const made = await plan({ source: { kind: 'path', path } });
    expect(made.errors).toEqual([
      { field: 'source', message: expect.stringMatching(message) },
    ]);
  });
});

it('keeps every row below a name of two lines', async () => {
  const path = join(home, 'two-lines.csv');
  writeFileSync(path, `"x\n(mm)",y\n${lines(100).join('\n')}\n`);
  const made = await plan({ source: { kind: 'path', path } });
  expect(made).toMatchObject({ errors: [], positiveShare: 0.5 });
});

it('reads a table of a thousand columns', async () => {
  const columns = Object.fromEntries(
    Array.from({ length: 999 }, (_, at) => [
      `c${at}`,
      (row: number) => (row * (at + 3)) % 7,
    ]),
  );
  const y = (row: number) => Number(noise(row) > 0.5);
  const made = await plan({ source: csv(120, { ...columns, y }) });
  expect(made.errors).toEqual([]);
  expect(Object.keys(made.values!.columns).length).toBeGreaterThan(800);
});
