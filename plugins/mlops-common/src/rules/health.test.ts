import { Health } from '../vocabulary/states';
import {
  dataQualityOf,
  healthOf,
  scoreWindow,
  windowsOver,
  worstHealth,
} from './health';
import { ReferenceFeature } from './profile';
import { qualityHealth } from './qualityHealth';

const limits = { limit: 0.2, minRows: 1000 };

describe('healthOf', () => {
  it.each<[string, number | null, number | null, number, Health]>([
    ['below the noise', 0.07, 0.11, 5000, 'well'],
    ['above the noise, under the limit', 0.15, 0.11, 5000, 'above-noise'],
    ['over the limit', 0.21, 0.11, 5000, 'drift'],
    ['over the limit, below the noise', 0.3, 0.4, 5000, 'well'],
    ['over a noise above the limit', 0.5, 0.4, 5000, 'drift'],
    ['too few rows', 3, 0.1, 999, 'not-enough-data'],
    ['no rows', null, null, 0, 'no-data'],
    ['no score', null, null, 5000, 'unknown'],
  ])('%s', (_, score, noiseFloor, n, expected) => {
    expect(healthOf({ score, noiseFloor, n }, limits)).toBe(expected);
  });
});

describe('scoreWindow', () => {
  const feature: ReferenceFeature = {
    kind: 'number',
    edges: [0],
    range: [-1, 1],
    importance: 1,
    days: { all: [500, 500, 0, 0, 0] },
  };
  it('counts under and over beside the distribution', () => {
    const score = scoreWindow(
      feature,
      [500, 500, 0],
      [900, 900, 200, 100, 300],
      0.05,
      limits,
    );
    expect(score).toMatchObject({
      n: 2000,
      missing: 0.1,
      under: 0.05,
      over: 0.15,
    });
    expect(score.noiseFloor).toBe(0.05);
  });

  it('has no data without cells', () => {
    expect(
      scoreWindow(feature, [500, 500, 0], undefined, 0.05, limits),
    ).toMatchObject({ health: 'no-data', score: null, n: 0, missing: null });
  });
});

describe('dataQualityOf', () => {
  const base = {
    health: 'well' as const,
    score: 0.1,
    noiseFloor: 0.1,
    n: 5000,
    missing: 0,
    under: 0,
    over: 0,
  };
  it.each([
    ['nothing wrong', {}, undefined],
    ['as much missing as ever', { missing: 0.35 }, undefined],
    ['much more missing', { missing: 0.45 }, 'missing'],
    ['values outside', { under: 0.03, over: 0.03 }, 'outside'],
    ['too few rows', { missing: 1, n: 10 }, undefined],
  ])('%s', (_, change, expected) => {
    expect(
      dataQualityOf({ ...base, ...change }, { missing: 0.3 }, limits)?.what,
    ).toBe(expected);
  });
});

describe('worstHealth', () => {
  it('puts what is wrong first, and never calls nothing well', () => {
    expect(worstHealth(['well', 'drift', 'unknown'])).toBe('drift');
    expect(worstHealth(['well', 'unknown'])).toBe('unknown');
    expect(worstHealth(['well', 'not-enough-data'])).toBe('not-enough-data');
    expect(worstHealth([])).toBe('unknown');
  });
});

describe('windowsOver', () => {
  it.each<[Health[], number]>([
    [['drift', 'well', 'drift', 'drift'], 2],
    [['drift', 'not-enough-data', 'drift'], 2],
    [['drift', 'above-noise'], 0],
    [[], 0],
  ])('of %j is %d', (healths, expected) => {
    expect(windowsOver(healths)).toBe(expected);
  });
});

describe('qualityHealth', () => {
  const wanted = {
    direction: 'maximize' as const,
    target: 0.7 as number | null,
    reference: 0.75 as number | null,
  };
  const counts = { predictions: 1000, labels: 1000 };
  const value = (at: number, low: number | null, high: number | null) => ({
    value: at,
    low,
    high,
  });
  it.each([
    ['reaches the target', value(0.71, 0.6, 0.8), {}, 'well'],
    ['misses it, as chance may', value(0.69, 0.65, 0.73), {}, 'above-noise'],
    ['misses it for sure', value(0.6, 0.55, 0.65), {}, 'below-target'],
    ['misses it, no interval', value(0.6, null, null), {}, 'below-target'],
    [
      'is worse than at registration, no target',
      value(0.6, 0.5, 0.65),
      { target: null },
      'above-noise',
    ],
    [
      'has nothing to be held against',
      value(0.6, 0.5, 0.7),
      { target: null, reference: null },
      'unknown',
    ],
    [
      'is an error that is small enough',
      value(2, 1.9, 2.1),
      { direction: 'minimize' as const, target: 3 },
      'well',
    ],
    [
      'is an error that is too large',
      value(4, 3.9, 4.1),
      { direction: 'minimize' as const, target: 3 },
      'below-target',
    ],
  ])('%s', (_, quality, change, expected) => {
    expect(qualityHealth(quality, counts, { ...wanted, ...change })).toBe(
      expected,
    );
  });

  it('needs labels', () => {
    const good = value(0.9, 0.8, 1);
    expect(qualityHealth(good, { predictions: 9, labels: 0 }, wanted)).toBe(
      'no-data',
    );
    expect(qualityHealth(good, { predictions: 99, labels: 99 }, wanted)).toBe(
      'not-enough-data',
    );
  });
});
