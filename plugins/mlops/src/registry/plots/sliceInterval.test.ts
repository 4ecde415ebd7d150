import { positiveShareOf, sliceInterval } from './sliceInterval';

describe('sliceInterval', () => {
  it('is the binomial one for accuracy', () => {
    expect(sliceInterval('accuracy', 0.8, 400)).toBeCloseTo(0.0392, 4);
  });

  it('is that of Hanley and McNeil for an AUC', () => {
    // Their own example: area 0.893 with 51 diseased and 58 healthy has a standard error of 0.0323.
    const half = sliceInterval('roc_auc', 0.893, 109, 51 / 109)!;
    expect(half / 1.96).toBeCloseTo(0.0323, 3);
  });

  it('shrinks with n', () => {
    const small = sliceInterval('roc_auc', 0.7, 100, 0.12)!;
    expect(sliceInterval('roc_auc', 0.7, 10_000, 0.12)!).toBeLessThan(
      small / 9,
    );
  });

  it.each([
    ['rmse', 3, 100, 0.1],
    ['roc_auc', 0.7, 100, undefined],
    ['roc_auc', 0.7, 100, 0],
    ['accuracy', 0.7, 1, undefined],
  ])('is not known for %s %d, n %d, share %s', (metric, value, n, share) => {
    expect(sliceInterval(metric, value, n, share)).toBeUndefined();
  });
});

describe('positiveShareOf', () => {
  it('counts the rows of the second class', () => {
    expect(
      positiveShareOf({
        matrix: [
          [80, 0],
          [15, 5],
        ],
      }),
    ).toBe(0.2);
    expect(
      positiveShareOf({
        matrix: [
          [0, 0],
          [0, 0],
        ],
      }),
    ).toBeUndefined();
    expect(positiveShareOf(undefined)).toBeUndefined();
  });
});
