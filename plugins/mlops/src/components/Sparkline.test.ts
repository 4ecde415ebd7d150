import { heightOf } from './Sparkline';

describe('heightOf', () => {
  it('covers the values from end to end where they differ much', () => {
    expect(heightOf([0, 3, 10])).toEqual({ low: 0, span: 10 });
  });

  it('draws a small change small and in the middle', () => {
    const { low, span } = heightOf([0.7, 0.702]);
    expect(span).toBeCloseTo(0.0351, 4);
    expect((0.702 - 0.7) / span).toBeLessThan(0.1);
    expect(low + span / 2).toBeCloseTo(0.701, 6);
  });

  it('keeps a height for values that are all zero', () => {
    expect(heightOf([0, 0]).span).toBe(1);
  });

  it('keeps scores under the limit below the top', () => {
    const { low, span } = heightOf([0.01, 0.012, 0, 0.2]);
    expect(low).toBe(0);
    expect((0.012 - low) / span).toBeCloseTo(0.06, 5);
  });
});
