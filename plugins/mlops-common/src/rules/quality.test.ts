import { DayQuality, mergeQuality, qualityOf, SCORE_BINS } from './quality';
import { aucOf, averagePrecisionOf } from './ranking';

function bins(counts: Record<number, number>): number[] {
  const all = new Array<number>(SCORE_BINS).fill(0);
  for (const [bin, count] of Object.entries(counts)) all[Number(bin)] = count;
  return all;
}

const binary = (
  zero: Record<number, number>,
  one: Record<number, number>,
): DayQuality => {
  const n = [...Object.values(zero), ...Object.values(one)].reduce(
    (a, b) => a + b,
    0,
  );
  return {
    task: 'binary',
    predictions: n + 10,
    labels: n,
    predictionSum: n / 2,
    labelSum: Object.values(one).reduce((a, b) => a + b, 0),
    zero: bins(zero),
    one: bins(one),
    logLoss: 0.5 * n,
    logLoss2: 0.3 * n,
    brier: 0.2 * n,
    brier2: 0.05 * n,
    rightZero: Object.values(zero)[0],
    rightOne: Object.values(one)[0],
  };
};

describe('ranking by bins', () => {
  it.each([
    ['perfect', { 10: 5 }, { 20: 5 }, 1],
    ['reversed', { 20: 5 }, { 10: 5 }, 0],
    ['all tied', { 10: 5 }, { 10: 7 }, 0.5],
    // pairs won: 3 x 4 + 1 x 2 + half of the 1 x 2 tied, of 4 x 4... counted by hand
    ['mixed', { 10: 3, 20: 1 }, { 15: 2, 20: 2 }, (3 * 4 + 0 + 1) / 16],
  ])('%s', (_, zero, one, expected) => {
    expect(aucOf(bins(zero), bins(one))!.value).toBeCloseTo(expected, 12);
  });

  it('has the deviation that DeLong gives', () => {
    // Ones beat 3/4 and 1 of the zeros (two each); zeros are beaten by 1, 1, 1 and 1/2.
    const auc = aucOf(bins({ 10: 3, 20: 1 }), bins({ 15: 2, 20: 2 }))!;
    const ones = [0.75, 0.75, 0.875, 0.875];
    const zeros = [1, 1, 1, 0.25];
    const variance = (all: number[]) => {
      const mean = all.reduce((a, b) => a + b) / all.length;
      return all.reduce((sum, x) => sum + (x - mean) ** 2, 0) / all.length;
    };
    expect(auc.value).toBeCloseTo(0.8125, 12);
    expect(auc.deviation).toBeCloseTo(
      Math.sqrt(variance(ones) / 4 + variance(zeros) / 4),
      12,
    );
  });

  it('needs both outcomes', () => {
    expect(aucOf(bins({ 1: 3 }), bins({}))).toBeUndefined();
    expect(averagePrecisionOf(bins({ 1: 3 }), bins({}))).toBeNull();
  });

  it('gives average precision', () => {
    // Sorted: one, zero, one: 1/2 x 1 + 1/2 x 2/3
    expect(
      averagePrecisionOf(bins({ 20: 1 }), bins({ 10: 1, 30: 1 })),
    ).toBeCloseTo(5 / 6, 12);
  });
});

describe('quality', () => {
  it('of days adds up to that of the window', () => {
    const one = binary({ 10: 40, 20: 10 }, { 15: 10, 25: 40 });
    const two = binary({ 10: 10, 22: 30 }, { 12: 20, 25: 20 });
    const merged = mergeQuality([one, two])!;
    const whole = binary(
      { 10: 50, 20: 10, 22: 30 },
      { 15: 10, 25: 60, 12: 20 },
    );
    expect(merged.labels).toBe(180);
    expect(qualityOf(merged, 'roc_auc')).toEqual(qualityOf(whole, 'roc_auc'));
    expect(mergeQuality([])).toBeUndefined();
    expect(one.labels).toBe(100);
  });

  it.each([
    ['roc_auc', true],
    ['average_precision', false],
    ['log_loss', true],
    ['brier', true],
    ['accuracy', true],
    ['balanced_accuracy', true],
  ])('gives %s of a binary window', (metric, interval) => {
    const quality = binary({ 10: 40, 20: 10 }, { 15: 10, 25: 40 });
    const { value, low, high } = qualityOf(quality, metric);
    expect(value).toEqual(expect.any(Number));
    expect(low === null).toBe(!interval);
    expect(!interval || (low! < value! && value! < high!)).toBe(true);
  });

  it('gives errors of a regression with their intervals', () => {
    // errors 1 and 3, labels 0 and 10, a hundred times
    const quality: DayQuality = {
      task: 'regression',
      predictions: 200,
      labels: 200,
      predictionSum: 0,
      labelSum: 1000,
      absolute: 400,
      squared: 1000,
      fourth: 8200,
      label2: 10_000,
    };
    const mae = qualityOf(quality, 'mae');
    expect(mae.value).toBe(2);
    expect(mae.high! - mae.value!).toBeCloseTo(1.959964 / Math.sqrt(200), 6);
    expect(qualityOf(quality, 'rmse').value).toBeCloseTo(Math.sqrt(5), 12);
    expect(qualityOf(quality, 'r2').value).toBeCloseTo(0.8, 12);
    expect(qualityOf(quality, 'roc_auc').value).toBeNull();
  });

  it('gives accuracy over classes', () => {
    const quality: DayQuality = {
      task: 'multiclass',
      predictions: 100,
      labels: 100,
      predictionSum: 0,
      labelSum: 0,
      confusion: { a: { a: 80, b: 10 }, b: { a: 5, b: 5 } },
    };
    expect(qualityOf(quality, 'accuracy').value).toBeCloseTo(0.85, 12);
    expect(qualityOf(quality, 'balanced_accuracy').value).toBeCloseTo(
      (8 / 9 + 0.5) / 2,
      12,
    );
    const twice = mergeQuality([quality, quality])!;
    expect(twice).toMatchObject({ confusion: { a: { a: 160 }, b: { b: 10 } } });
  });

  it('is unknown without labels', () => {
    expect(
      qualityOf({ ...binary({ 1: 1 }, { 2: 1 }), labels: 0 }, 'roc_auc'),
    ).toEqual({ value: null, low: null, high: null });
  });
});
