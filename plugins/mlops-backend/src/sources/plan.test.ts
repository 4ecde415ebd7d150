import { writeFileSync } from 'fs';
import { join } from 'path';
import { templateValuesSchema } from '@mlops-portal/plugin-mlops-common';
import { csv, home, noise, plan } from './__testUtils__/planBench';

jest.setTimeout(120_000);

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
      positive: '== بله',
      columns: { شهر: 'text', 'مبلغ کل': 'number' },
      windows: { test_share: 0.2 },
      time: null,
      history: null,
    });
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

it('measures windows by the rows whose target is known', async () => {
  const made = await plan({
    source: csv(4000, {
      x: row => noise(row),
      y: row =>
        row % 10 === 0 || row > 3600 ? Math.round(noise(row, 2)) : null,
      t: row => new Date(Date.UTC(2010, 0, 1 + row)).toISOString(),
    }),
    time: 't',
  });
  expect(made.errors).toEqual([]);
  // 760 rows are known, a fifth of them in the last 153 days.
  expect(made.values!.windows.test).toBe('153d');
  expect(made.values!.min_rows).toBe(190);
});
