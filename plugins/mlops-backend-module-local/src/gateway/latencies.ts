/** Upper bounds of the latency cells in milliseconds: 0.5 ms to about 29 s, each a quarter wider than the one before. */
export const LATENCY_BOUNDS: readonly number[] = Array.from(
  { length: 50 },
  (_, i) => Number((0.5 * 1.25 ** i).toPrecision(3)),
);

/** Counts by latency cell: index in `LATENCY_BOUNDS`, one more for what took longer. Sparse, so that it is small on disk. */
export type LatencyCells = Record<number, number>;

export function addLatency(cells: LatencyCells, milliseconds: number) {
  let low = 0;
  let high = LATENCY_BOUNDS.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (milliseconds <= LATENCY_BOUNDS[middle]) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  cells[low] = (cells[low] ?? 0) + 1;
}

export function mergeLatencies(all: LatencyCells[]): LatencyCells {
  const sum: LatencyCells = {};
  for (const cells of all) {
    for (const [cell, count] of Object.entries(cells)) {
      sum[Number(cell)] = (sum[Number(cell)] ?? 0) + count;
    }
  }
  return sum;
}

/**
 * Quantile in milliseconds, interpolated inside its cell, so at most a quarter off; undefined without observations.
 * @param q - 0..1
 */
export function quantileOf(cells: LatencyCells, q: number): number | undefined {
  const entries = Object.entries(cells)
    .map(([cell, count]) => [Number(cell), count])
    .sort((a, b) => a[0] - b[0]);
  const total = entries.reduce((sum, [, count]) => sum + count, 0);
  if (total === 0) {
    return undefined;
  }
  let rest = q * total;
  for (const [cell, count] of entries) {
    if (rest <= count) {
      const from = cell === 0 ? 0 : LATENCY_BOUNDS[cell - 1];
      const to = LATENCY_BOUNDS[cell] ?? from;
      return from + (to - from) * (rest / count);
    }
    rest -= count;
  }
  return LATENCY_BOUNDS[LATENCY_BOUNDS.length - 1];
}
