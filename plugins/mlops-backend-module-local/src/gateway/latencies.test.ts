import {
  addLatency,
  LATENCY_BOUNDS,
  LatencyCells,
  mergeLatencies,
  quantileOf,
} from './latencies';

describe('latencies', () => {
  it('gives quantiles within a quarter of the true ones', () => {
    const cells: LatencyCells = {};
    const values = Array.from(
      { length: 1000 },
      (_, i) => 2 + (i / 1000) ** 3 * 200,
    );
    values.forEach(value => addLatency(cells, value));
    for (const q of [0.1, 0.5, 0.9, 0.95, 0.99]) {
      const exact = values[Math.ceil(q * 1000) - 1];
      expect(quantileOf(cells, q)! / exact).toBeGreaterThan(0.75);
      expect(quantileOf(cells, q)! / exact).toBeLessThan(1.25);
    }
  });

  it('has no quantile of nothing', () => {
    expect(quantileOf({}, 0.5)).toBeUndefined();
  });

  it('keeps what is beyond the last bound', () => {
    const cells: LatencyCells = {};
    addLatency(cells, 1e9);
    const last = LATENCY_BOUNDS[LATENCY_BOUNDS.length - 1];
    expect(quantileOf(cells, 0.5)).toBe(last);
  });

  it('puts a value at a bound into the cell that the bound closes', () => {
    const cells: LatencyCells = {};
    addLatency(cells, LATENCY_BOUNDS[3]);
    expect(cells).toEqual({ 3: 1 });
  });

  it('adds up', () => {
    expect(mergeLatencies([{ 1: 2, 4: 1 }, { 4: 3 }, {}])).toEqual({
      1: 2,
      4: 4,
    });
  });
});
