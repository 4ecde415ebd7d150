import { mkdtempSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import {
  mergeQuality,
  qualityOf,
  Task,
} from '@mlops-portal/plugin-mlops-common';
import { randomOf } from '../__testUtils__/events';
import { labelDays, LabelledDay } from './labelDays';
import { scanDays } from './scanDay';

jest.setTimeout(60_000);

type Value = string | number | boolean | null;

/** Predictions of two days and their labels, through files as they are stored. */
async function qualityOfRows(
  task: Task,
  rows: Array<{ p: Value; label: Value | undefined }>,
  classes: string[] = [],
) {
  const home = mkdtempSync(join(tmpdir(), 'labels-'));
  const days = ['2001-03-05', '2001-03-06'].map((day, at) => {
    const file = join(home, `${day}.ndjson`);
    const lines = rows.flatMap(({ p }, row) =>
      row % 2 === at
        ? [JSON.stringify({ id: `r/${row}`, t: `${day}T00:00:00Z`, p, x: {} })]
        : [],
    );
    writeFileSync(file, `${lines.join('\n')}\n`);
    return {
      day,
      files: [file],
      scored: join(home, 'scored', `${day}.parquet`),
    };
  });
  const labels = join(home, 'labels.ndjson');
  writeFileSync(
    labels,
    [
      ...rows.flatMap(({ label }, row) =>
        label === undefined ? [] : [{ id: `r/${row}`, label, s: row }],
      ),
      { id: 'nobody/0', label: 1, s: 1 },
    ]
      .map(line => `${JSON.stringify(line)}\n`)
      .join(''),
  );
  const spill = join(home, 'spill');
  await scanDays(days, { reference: undefined, spill }, async () => {});
  const found: LabelledDay[] = [];
  const { unknown } = await labelDays(
    {
      labels: [labels],
      open: join(home, 'open.parquet'),
      days: days.map(({ day, scored }) => ({
        version: 1,
        day,
        scored,
        labelled: join(home, 'labelled', `${day}.parquet`),
        changed: true,
      })),
      task,
      classes,
      spill,
    },
    async day => void found.push(day),
  );
  expect(unknown).toBe(1);
  expect(found.map(({ day }) => day).sort()).toEqual([
    '2001-03-05',
    '2001-03-06',
  ]);
  return mergeQuality(found.map(({ quality }) => quality))!;
}

describe('labelDays', () => {
  it('ranks a binary model as exactly as sorting would, to three digits', async () => {
    const random = randomOf(3);
    const rows = Array.from({ length: 3000 }, () => {
      const p = random() ** 3;
      return { p, label: random() < p ? 1 : 0 };
    });
    const quality = await qualityOfRows('binary', rows);
    const ones = rows.filter(({ label }) => label === 1);
    const zeros = rows.filter(({ label }) => label === 0);
    let won = 0;
    for (const one of ones) {
      for (const zero of zeros) won += one.p > zero.p ? 1 : 0;
    }
    expect(qualityOf(quality, 'roc_auc').value).toBeCloseTo(
      won / (ones.length * zeros.length),
      3,
    );
    const brier =
      rows.reduce((sum, { p, label }) => sum + (p - label) ** 2, 0) / 3000;
    expect(qualityOf(quality, 'brier').value).toBeCloseTo(brier, 9);
    const right = rows.filter(({ p, label }) => p > 0.5 === (label === 1));
    expect(qualityOf(quality, 'accuracy').value).toBeCloseTo(
      right.length / 3000,
      9,
    );
  });

  it.each<[Value, Value]>([
    [1, 0],
    [true, false],
    ['true', 'False'],
    ['late', 'fine'],
  ])('takes %s and %s as outcomes', async (one, zero) => {
    const rows = [
      { p: 0.9, label: one },
      { p: 0.2, label: zero },
      { p: 0.8, label: one },
      { p: 0.7, label: 'something else' },
      { p: null, label: one },
      { p: 0.4, label: undefined },
    ];
    const quality = await qualityOfRows('binary', rows, ['fine', 'late']);
    expect(quality).toMatchObject({ predictions: 6, labels: 3, labelSum: 2 });
    expect(qualityOf(quality, 'roc_auc').value).toBe(1);
  });

  it('sums errors of a regression', async () => {
    const quality = await qualityOfRows('regression', [
      { p: 1, label: 2 },
      { p: 5, label: 2 },
      { p: 2.5, label: '2' },
      { p: 1, label: 'none' },
    ]);
    expect(quality).toMatchObject({ predictions: 4, labels: 3 });
    expect(qualityOf(quality, 'mae').value).toBeCloseTo(1.5, 9);
    expect(qualityOf(quality, 'rmse').value).toBeCloseTo(
      Math.sqrt((1 + 9 + 0.25) / 3),
      9,
    );
  });

  it('counts classes against each other', async () => {
    const quality = await qualityOfRows('multiclass', [
      { p: 'rain', label: 'rain' },
      { p: 'rain', label: 'sun' },
      { p: 'sun', label: 'sun' },
      { p: 'برف', label: 'برف' },
      { p: 'sun', label: undefined },
    ]);
    expect(quality).toMatchObject({
      predictions: 5,
      labels: 4,
      confusion: {
        rain: { rain: 1 },
        sun: { rain: 1, sun: 1 },
        برف: { برف: 1 },
      },
    });
    expect(qualityOf(quality, 'accuracy').value).toBe(0.75);
  });
});
