import { psi, psiContributions, quantile, samplingNoise } from './psi';

describe('psi', () => {
  it.each([
    ['the same shares', [10, 20, 30], [100, 200, 300], 0],
    ['halves against a quarter', [50, 50], [25, 75], 0.2746530721670274],
    ['an empty cell, which counts as the floor', [50, 50], [0, 100], 4.6043185],
  ])('of %s', (_, reference, current, expected) => {
    expect(psi(reference, current)).toBeCloseTo(expected, 5);
  });

  it('is the sum of what its cells contribute', () => {
    const parts = psiContributions([10, 30, 60], [30, 30, 40]);
    expect(parts).toHaveLength(3);
    expect(parts[1]).toBeCloseTo(0, 12);
    expect(parts.reduce((a, b) => a + b)).toBeCloseTo(
      psi([10, 30, 60], [30, 30, 40])!,
      12,
    );
  });

  it('is unknown without rows on one side', () => {
    expect(psi([0, 0], [1, 2])).toBeNull();
    expect(psi([1, 2], [0, 0])).toBeNull();
  });

  it('does not compare different cells', () => {
    expect(() => psi([1, 2], [1, 2, 3])).toThrow(/cells differ/);
  });
});

describe('quantile', () => {
  it('interpolates between neighbours as numpy does', () => {
    expect(quantile([4, 1, 3, 2], 0.95)).toBeCloseTo(3.85, 12);
    expect(quantile([7], 0.95)).toBe(7);
    expect(quantile([], 0.95)).toBeNull();
  });
});

describe('samplingNoise', () => {
  it('is what chance stays below in 95 of 100 samples', () => {
    // chi-square with 10 degrees of freedom has its 95th percentile at 18.307
    const reference = new Array(11).fill(1e6);
    expect(samplingNoise(reference, 1000)!).toBeCloseTo(0.018307, 4);
  });

  it('shrinks with more rows and counts only filled cells', () => {
    const reference = [100, 0, 100, 0];
    expect(samplingNoise(reference, 10)!).toBeGreaterThan(
      samplingNoise(reference, 1000)!,
    );
    // one degree of freedom: 3.84
    expect(samplingNoise([1e9, 1e9, 0], 100)!).toBeCloseTo(0.0384, 2);
    expect(samplingNoise([5], 100)).toBe(0);
    expect(samplingNoise(reference, 0)).toBeNull();
  });
});
