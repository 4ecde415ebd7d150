import { Trial } from '@mlops-portal/plugin-mlops-common';
import { METRIC_AXIS, axesOf, heightOf, isKept } from './axes';

const trial = (
  candidate: number,
  depth: number,
  booster: string,
  value: number | null,
): Trial => ({
  candidate,
  parameters: { depth, booster, seed: 1 },
  value,
  metrics: {},
  best: false,
});
const trials = [
  trial(1, 2, 'gbdt', 0.6),
  trial(2, 6, 'dart', 0.8),
  trial(3, 4, 'dart', null),
];

describe('axesOf', () => {
  it('keeps the parameters that vary, and the metric last', () => {
    expect(axesOf(trials).map(a => a.name)).toEqual([
      'depth',
      'booster',
      METRIC_AXIS,
    ]);
  });

  it('gives words of an axis an order', () => {
    expect(axesOf(trials)[1].categories).toEqual(['dart', 'gbdt']);
  });
});

describe('heightOf', () => {
  it('is 0 at the lowest and 1 at the highest value', () => {
    const [depth] = axesOf(trials);
    expect(trials.map(t => heightOf(t, depth))).toEqual([0, 1, 0.5]);
  });

  it('is unknown for the metric of a failed trial', () => {
    const axes = axesOf(trials);
    expect(heightOf(trials[2], axes[2])).toBeUndefined();
  });
});

describe('isKept', () => {
  it('keeps trials inside every range, and drops those without a value on a ranged axis', () => {
    const axes = axesOf(trials);
    const kept = (ranges: Parameters<typeof isKept>[2]) =>
      trials.filter(t => isKept(t, axes, ranges)).map(t => t.candidate);
    expect(kept({})).toEqual([1, 2, 3]);
    expect(kept({ depth: [0.4, 1] })).toEqual([2, 3]);
    expect(kept({ depth: [0.4, 1], [METRIC_AXIS]: [0, 1] })).toEqual([2]);
  });
});
