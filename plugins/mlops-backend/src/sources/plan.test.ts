import { mkdtempSync, readFileSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { fromJSONSchema } from 'zod';
import {
  ProblemFormInput,
  problemFormSchema,
  templateValuesSchema,
} from '@mlops-portal/plugin-mlops-common';
import { createSourcesSlice } from '.';

jest.setTimeout(120_000);

const home = mkdtempSync(join(tmpdir(), 'plan-'));
const { handlers } = createSourcesSlice({
  home,
  allowedFolders: [home],
  allowedHosts: [],
  maxUploadBytes: 1_000_000,
});
const context = {
  actor: 'user:default/a',
  credentials: {} as never,
  signal: new AbortController().signal,
};

/** The template is the authority on what it can be rendered with. Its if-then rules are beyond this reader of schemas. */
const { allOf: _, ...base } = JSON.parse(
  readFileSync(
    join(__dirname, '../../../../templates/tabular/values.schema.json'),
    'utf8',
  ),
);
const templateSchema = fromJSONSchema(base);

async function plan(form: Partial<ProblemFormInput>) {
  const made = await handlers.planProblem(
    {
      params: {},
      query: {},
      body: problemFormSchema.parse({
        name: 'a-problem',
        title: 'A problem',
        owner: 'group:default/ml',
        target: 'y',
        ...form,
      }),
    },
    context,
  );
  if (made.values) templateSchema.parse(made.values);
  return made;
}

/** A table by a function of the row number. */
function csv(rows: number, columns: Record<string, (row: number) => unknown>) {
  const path = join(home, `${Math.random().toString(36).slice(2)}.csv`);
  const names = Object.keys(columns);
  const lines = Array.from({ length: rows }, (_, row) =>
    names.map(name => String(columns[name](row) ?? '')).join(','),
  );
  writeFileSync(path, `${names.join(',')}\n${lines.join('\n')}\n`);
  return { kind: 'path' as const, path };
}

/** The same numbers in every run, without a pattern. */
const noise = (row: number, salt = 1) =>
  (((Math.sin(row * 12.9898 * salt + salt) * 43758.5453) % 1) + 1) % 1;

describe('planProblem', () => {
  it('makes the flights problem with windows before the replayed days', async () => {
    const made = await plan({
      name: 'flight-delay',
      source: { kind: 'example', example: 'flights' },
      target: 'delay',
      positive: '> 15',
      time: 'date',
      entity: ['origin'],
      metric: { name: 'roc_auc', target: 0.68 },
      trainUntil: '2001-03-15',
      retraining: { schedule: '0 3 * * 1' },
    });
    expect(made.errors).toEqual([]);
    expect(made.task).toBe('binary');
    expect(made.positiveShare).toBeCloseTo(0.19, 1);
    const values = templateValuesSchema.parse(made.values);
    expect(values).toMatchObject({
      data: expect.stringMatching(/^\/.*flights-3m\.parquet$/),
      target: 'delay',
      positive: '> 15',
      columns: { distance: 'number', origin: 'text', destination: 'text' },
      left_out: {},
      calendar: {
        hour: 'when.dt.hour + when.dt.minute / 60',
        weekday: 'when.dt.day_of_week',
      },
      history: {
        bucket: '1h',
        lag: 2,
        mean: 'recent_delay',
        count: 'recent_delay_rows',
        value: 'delay',
      },
      windows: { history: '1d', train: '59d', test: '14d' },
      numbers: [
        'distance',
        'hour',
        'weekday',
        'recent_delay',
        'recent_delay_rows',
      ],
      texts: ['origin', 'destination'],
      min_rows: 1000,
      direction: 'maximize',
      train_until: '2001-03-15',
      retraining: {
        schedule: '0 3 * * 1',
        when: ['drift', 'quality'],
        cool_down: '7d',
        needed_windows: 2,
      },
      monitoring: { window: '7d', limit: 0.2, min_rows: 1000, bins: 10 },
      serving: { canary: [10, 100] },
    });
  });

  it('plans a table with Persian column names, a byte order mark and no time', async () => {
    const path = join(home, 'فارسی.csv');
    const rows = Array.from(
      { length: 400 },
      (_, row) =>
        `"شهر ${row % 7}",${(noise(row) * 100).toFixed(2)},${
          noise(row, 3) > 0.6 ? 'بله' : 'خیر'
        }`,
    );
    writeFileSync(path, `\uFEFFشهر,مبلغ کل,هدف\r\n${rows.join('\r\n')}\r\n`);
    const made = await plan({ source: { kind: 'path', path }, target: 'هدف' });
    expect(made.errors).toEqual([]);
    expect(made.values).toMatchObject({
      task: 'binary',
      positive: '== خیر',
      columns: { شهر: 'text', 'مبلغ کل': 'number' },
      windows: { test_share: 0.2 },
      time: null,
      history: null,
    });
  });
});

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
    ['a comparison of words', good, { positive: '> 3' }, 'positive', /words/],
    [
      'a time that does not parse',
      { ...good, t: row => `soon ${row}` },
      { time: 't' },
      'time',
      /no time/,
    ],
    [
      'days written first',
      { ...good, t: row => `${(row % 28) + 1}/03/2001` },
      { time: 't' },
      'time',
      /day first/,
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
    const made = await plan({ source: csv(150, good) });
    expect(made.errors).toEqual([
      {
        field: 'source',
        message: expect.stringMatching(/150 rows; at least 200/),
      },
    ]);
  });
});

describe('planProblem leaves out with the reason', () => {
  it('columns that give the target away', async () => {
    const made = await plan({
      source: csv(2000, {
        x: row => noise(row),
        copy: row => (noise(row, 2) > 0.5 ? 'A' : 'B'),
        minutes: row => Math.floor(noise(row, 2) * 40),
        group: row => row % 5,
        y: row => (Math.floor(noise(row, 2) * 40) >= 20 ? 'late' : 'fine'),
      }),
    });
    expect(made.errors).toEqual([]);
    expect(Object.keys(made.values!.left_out)).toEqual(['copy', 'minutes']);
    expect(made.values!.left_out.copy).toMatch(/gives 'y' away/);
    expect(Object.keys(made.values!.columns)).toEqual(['x', 'group']);
  });

  it('a number that is the target in another unit', async () => {
    const made = await plan({
      source: csv(1000, {
        x: row => noise(row),
        cents: row => Math.floor(noise(row, 3) * 1e6),
        y: row => Math.floor(noise(row, 3) * 1e6) / 100,
      }),
    });
    expect(made.task).toBe('regression');
    expect(Object.keys(made.values!.left_out)).toEqual(['cents']);
  });

  it('keys, constants and free text', async () => {
    const made = await plan({
      source: csv(600, {
        id: row => row,
        note: row => `text number ${noise(row)}`,
        one: () => 'x',
        x: row => noise(row),
        prediction: row => noise(row, 5),
        y: row => (noise(row, 2) > 0.5 ? 1 : 0),
      }),
    });
    expect(made.errors).toEqual([]);
    expect(Object.keys(made.values!.left_out)).toEqual([
      'id',
      'note',
      'one',
      'prediction',
    ]);
    expect(made.values!.positive).toBe('== 1');
  });
});
