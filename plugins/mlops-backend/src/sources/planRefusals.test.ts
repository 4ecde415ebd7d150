import { ProblemFormInput } from '@mlops-portal/plugin-mlops-common';
import { csv, noise, plan } from './__testUtils__/planBench';

jest.setTimeout(120_000);

describe('planProblem refuses at the field', () => {
  const good = {
    x: (row: number) => noise(row),
    y: (row: number) => (noise(row, 2) > 0.5 ? 'yes' : 'no'),
  };
  const cases: Array<
    [
      string,
      Record<string, (row: number) => unknown>,
      Partial<ProblemFormInput>,
      string,
      RegExp,
    ]
  > = [
    [
      'a target that is missing',
      good,
      { target: 'z' },
      'target',
      /no column 'z'/,
    ],
    ['a constant target', { ...good, y: () => 1 }, {}, 'target', /same value/],
    [
      'a target unique per row',
      { ...good, y: row => `id-${row}` },
      {},
      'target',
      /names the row/,
    ],
    [
      'a row number as target',
      { ...good, y: row => row },
      {},
      'target',
      /names the row/,
    ],
    [
      'too many classes',
      { ...good, y: row => `c${row % 80}` },
      {},
      'target',
      /80 classes; at most 50/,
    ],
    [
      'a rule true for none',
      { ...good, y: row => row % 10 },
      { positive: '> 99' },
      'positive',
      /none/,
    ],
    [
      'a rule true for all',
      { ...good, y: row => row % 10 },
      { positive: '>= 0' },
      'positive',
      /all/,
    ],
    [
      'a target with a handful of positives',
      { ...good, y: row => (row % 100 ? 'fine' : 'bad') },
      {},
      'target',
      /only 4 of 400 rows; at least 20/,
    ],
    [
      'a window to judge by with one outcome',
      {
        x: good.x,
        y: row => (row < 200 ? row % 2 : 0),
        t: row => new Date(Date.UTC(2019, 0, 1 + row)).toISOString(),
      },
      { time: 't' },
      'target',
      /rows to judge by, all with the same outcome/,
    ],
    ['a comparison of words', good, { positive: '> 3' }, 'positive', /words/],
    [
      'a time that does not parse',
      { ...good, t: row => `soon ${row}` },
      { time: 't' },
      'time',
      /no time/,
    ],
    [
      'days and months that can be told in either order',
      { ...good, t: row => `${(row % 12) + 1}/03/2001` },
      { time: 't' },
      'time',
      /day first/,
    ],
    [
      'days and months in both orders',
      {
        ...good,
        t: row => (row % 2 ? `${(row % 28) + 1}/03/2001` : '03/31/2001'),
      },
      { time: 't' },
      'time',
      /no time, such as '.*2001'/,
    ],
    [
      'years before those of the Persian calendar that are read',
      { ...good, t: row => `1299/0${1 + (row % 9)}/12` },
      { time: 't' },
      'time',
      /1299.*Persian calendar/,
    ],
    ['a target as entity', good, { entity: ['y'] }, 'entity', /target/],
    [
      'an excluded entity',
      good,
      { entity: ['x'], exclude: ['x'] },
      'entity',
      /excluded/,
    ],
    ['an excluded target', good, { exclude: ['y'] }, 'exclude', /target/],
    [
      'an end of training without time',
      good,
      { trainUntil: '2001-01-01' },
      'trainUntil',
      /time/,
    ],
    [
      'a metric of another task',
      good,
      { metric: { name: 'mae' } },
      'metric',
      /binary/,
    ],
    [
      'a schedule that is none',
      good,
      { retraining: { schedule: '61 * * * *' } },
      'retraining.schedule',
      /minute/,
    ],
    [
      'nothing to learn from',
      { x: () => 1, y: good.y },
      {},
      'source',
      /no usable input/,
    ],
  ];
  it.each(cases)('%s', async (_, columns, form, field, message) => {
    const made = await plan({ source: csv(400, columns), ...form });
    expect(made.values).toBeUndefined();
    expect(made.errors).toEqual([
      { field, message: expect.stringMatching(message) },
    ]);
  });

  it('a table with too few rows', async () => {
    const made = await plan({ source: csv(90, good) });
    expect(made.errors).toEqual([
      {
        field: 'source',
        message: expect.stringMatching(/90 rows; at least 100/),
      },
    ]);
  });
});
