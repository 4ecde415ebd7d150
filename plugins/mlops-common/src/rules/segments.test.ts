import { DayQuality, SCORE_BINS } from './quality';
import { CountedSegment, judgeSegments } from './segments';

const regression = (labels: number, error: number, spread = 1): DayQuality => ({
  task: 'regression',
  predictions: labels * 2,
  labels,
  predictionSum: 0,
  labelSum: 0,
  absolute: labels * error,
  // Mean of the squares: the variance of |error| is spread^2.
  squared: labels * (error ** 2 + spread ** 2),
  fourth: 0,
  label2: 0,
});

const bins = (counts: Record<number, number>) => {
  const all = new Array<number>(SCORE_BINS).fill(0);
  for (const [bin, count] of Object.entries(counts)) all[Number(bin)] = count;
  return all;
};
/** `ones` and `zeros` by bin; at the threshold all bins from 100 on are told to be one. */
const binary = (
  zeros: Record<number, number>,
  ones: Record<number, number>,
): DayQuality => {
  const sum = (counts: Record<number, number>, from = 0, to = SCORE_BINS) =>
    Object.entries(counts).reduce(
      (n, [bin, count]) =>
        Number(bin) >= from && Number(bin) < to ? n + count : n,
      0,
    );
  return {
    task: 'binary',
    predictions: sum(zeros) + sum(ones),
    labels: sum(zeros) + sum(ones),
    predictionSum: 0,
    labelSum: sum(ones),
    zero: bins(zeros),
    one: bins(ones),
    logLoss: 0,
    logLoss2: 0,
    brier: 0,
    brier2: 0,
    rightZero: sum(zeros, 0, 100),
    rightOne: sum(ones, 100),
  };
};

const segment = (label: string, quality: DayQuality): CountedSegment => ({
  label,
  kind: 'word',
  predictions: quality.predictions,
  quality,
});

describe('Segments', () => {
  it('names the surely worst first, and is not fooled by one of few rows that looks worse', () => {
    const { segments, typical, metric } = judgeSegments(
      [
        segment('ORD', regression(20_000, 10)),
        segment('ATL', regression(2000, 12)),
        segment('GST', regression(40, 12.5, 20)),
        segment('XYZ', regression(5, 90, 0)),
        segment('DFW', regression(9000, 9)),
        segment('JFK', regression(0, 0)),
      ],
      'mae',
    );
    expect(metric).toEqual({
      name: 'mae',
      direction: 'minimize',
      primary: true,
    });
    expect(typical).toBeCloseTo(
      (20_000 * 10 + 2000 * 12 + 40 * 12.5 + 9000 * 9) / 31_040,
      9,
    );
    expect(
      segments.map(({ label, standing, value }) => [label, standing, value]),
    ).toEqual([
      ['ATL', 'worse', 12],
      ['ORD', 'worse', 10],
      ['DFW', 'better', 9],
      ['GST', 'like-others', 12.5],
      ['XYZ', 'few-labels', 90],
      ['JFK', 'no-labels', null],
    ]);
    const few = segments.find(({ label }) => label === 'XYZ')!;
    expect([few.low, few.high]).toEqual([null, null]);
    expect(few).toMatchObject({ labels: 5, predictions: 10, coverage: 0.5 });
    expect(segments.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
  });

  it('names hardly ever one of many that differ by chance', () => {
    let seed = 5;
    const random = () => {
      seed = (seed * 16807) % 2147483647;
      return seed / 2147483647;
    };
    const named = Array.from({ length: 50 }, () =>
      judgeSegments(
        Array.from({ length: 20 }, (_, at) => {
          const errors = Array.from({ length: 200 }, random);
          const sum = (of: (x: number) => number) =>
            errors.reduce((all, x) => all + of(x), 0);
          const quality = { ...regression(200, 0), predictions: 200 };
          return segment(`s${at}`, {
            ...quality,
            absolute: sum(x => x),
            squared: sum(x => x ** 2),
          } as DayQuality);
        }),
        'mae',
      ).segments.filter(({ standing }) => standing === 'worse'),
    ).flat();
    // Of a thousand; the 95 % interval alone would name about 25.
    expect(named.length).toBeLessThan(6);
  });

  it('holds a ranking against the mean of the segments, since each ranks worse than all together', () => {
    const same = { 90: 40, 110: 10 };
    const { segments, typical } = judgeSegments(
      [
        segment('low', binary(same, { 90: 10, 110: 40 })),
        segment('high', binary(same, { 90: 10, 110: 40 })),
      ],
      'roc_auc',
    );
    expect(typical).toBeCloseTo(0.8, 9);
    expect(segments.map(({ standing }) => standing)).toEqual([
      'like-others',
      'like-others',
    ]);
  });

  it('takes the share of wrong answers where a segment has one outcome only, behind those that can be ranked', () => {
    const { segments, metric } = judgeSegments(
      [
        segment('only zeros', binary({ 90: 60, 110: 40 }, {})),
        segment('both', binary({ 90: 40, 110: 10 }, { 90: 10, 110: 40 })),
      ],
      'roc_auc',
    );
    expect(metric).toMatchObject({ name: 'roc_auc', primary: true });
    expect(segments).toMatchObject([
      { label: 'both', metric: 'roc_auc', value: 0.8 },
      { label: 'only zeros', metric: 'error_rate', value: 0.4 },
    ]);
    const [, { low, high }] = segments;
    expect(low! < 0.4 && high! > 0.4 && high! < 0.6).toBe(true);
  });

  it('takes it for all where the primary metric gives no interval', () => {
    const both = binary({ 90: 40, 110: 10 }, { 90: 10, 110: 40 });
    expect(
      judgeSegments([segment('a', both)], 'average_precision'),
    ).toMatchObject({
      metric: { name: 'error_rate', direction: 'minimize', primary: false },
      typical: expect.closeTo(0.2, 9),
      segments: [{ metric: 'error_rate', value: expect.closeTo(0.2, 9) }],
    });
    expect(
      judgeSegments([segment('a', regression(99, 3))], 'r2'),
    ).toMatchObject({
      metric: { name: 'mae', primary: false },
      segments: [{ value: 3 }],
    });
  });

  it('says nothing of no segment', () => {
    expect(judgeSegments([], 'roc_auc')).toMatchObject({
      typical: null,
      segments: [],
    });
  });
});
