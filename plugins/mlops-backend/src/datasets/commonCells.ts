import { ColumnStatistics } from '@mlops-portal/plugin-mlops-common';

/** The same cells counted on both sides; the last one holds missing values. */
export interface CommonCells {
  labels: string[];
  before: number[];
  after: number[];
  /** Edges differed: counts of `after` were spread over the cells of `before` as if even within a cell. */
  estimated: boolean;
}

type Histogram = NonNullable<ColumnStatistics['histogram']>;

/** Cells in which two profiles of a column can be held against each other; undefined where there are none. */
export function commonCells(
  before: ColumnStatistics,
  after: ColumnStatistics,
): CommonCells | undefined {
  const cells = ofHistograms(before, after) ?? ofValues(before, after);
  return (
    cells && {
      ...cells,
      labels: [...cells.labels, 'missing'],
      before: [...cells.before, before.nulls ?? 0],
      after: [...cells.after, after.nulls ?? 0],
    }
  );
}

function ofHistograms(
  { histogram: before }: ColumnStatistics,
  { histogram: after }: ColumnStatistics,
): CommonCells | undefined {
  if (!before || !after) return undefined;
  const { edges } = before;
  const same =
    edges.length === after.edges.length &&
    edges.every((edge, i) => edge === after.edges[i]);
  const inner = edges.slice(1).map((edge, i) => `${edges[i]} - ${edge}`);
  if (same) {
    return {
      labels: inner,
      before: before.counts,
      after: after.counts,
      estimated: false,
    };
  }
  return {
    labels: [`< ${edges[0]}`, ...inner, `> ${edges[edges.length - 1]}`],
    before: [0, ...before.counts, 0],
    after: spread(after, edges),
    estimated: true,
  };
}

/** Counts of a histogram in other cells: one below the first edge, one between each two, one above the last. */
export function spread({ edges, counts }: Histogram, into: number[]): number[] {
  const cells = new Array(into.length + 1).fill(0);
  const ends = [-Infinity, ...into, Infinity];
  counts.forEach((count, i) => {
    const [low, high] = [edges[i], edges[i + 1]];
    if (count === 0) return;
    if (high <= low) {
      cells[cellOf(low, into)] += count;
      return;
    }
    for (let cell = 0; cell < cells.length; cell++) {
      const overlap =
        Math.min(high, ends[cell + 1]) - Math.max(low, ends[cell]);
      if (overlap > 0) cells[cell] += (count * overlap) / (high - low);
    }
  });
  return cells;
}

/** Cell of one value: cells hold their lower edge, the last one between edges also its upper. */
function cellOf(value: number, edges: number[]): number {
  if (value === edges[edges.length - 1]) return edges.length - 1;
  return edges.filter(edge => edge <= value).length;
}

/**
 * Values that both sides counted, and the rest as one cell. A value that is missing in a list of most frequent ones was not
 * counted there, unless the list holds every value: then it is known to be absent.
 */
function ofValues(
  before: ColumnStatistics,
  after: ColumnStatistics,
): CommonCells | undefined {
  if (!before.top || !after.top) return undefined;
  const counts = (profile: ColumnStatistics) =>
    new Map(profile.top!.map(({ value, count }) => [value, count]));
  const [was, is] = [counts(before), counts(after)];
  const told =
    (side: Map<string, number>, profile: ColumnStatistics) => (value: string) =>
      side.get(value) ?? (profile.other ? undefined : 0);
  const [wasOf, isOf] = [told(was, before), told(is, after)];
  const values = [...new Set([...was.keys(), ...is.keys()])].filter(
    value => wasOf(value) !== undefined && isOf(value) !== undefined,
  );
  const row = (
    of: (value: string) => number | undefined,
    profile: ColumnStatistics,
  ) => {
    const counted = values.map(value => of(value)!);
    const all =
      profile.top!.reduce((sum, { count }) => sum + count, 0) +
      (profile.other ?? 0);
    return [...counted, all - counted.reduce((sum, n) => sum + n, 0)];
  };
  return {
    labels: [...values, 'other'],
    before: row(wasOf, before),
    after: row(isOf, after),
    estimated: false,
  };
}
