import { ColumnStatistics } from '@mlops-portal/plugin-mlops-common';

/** One bar of a distribution: where it stands (0 to 1 from start to end), how high (0 to 1), and what it counts. */
export interface Bar {
  label: string;
  start: number;
  width: number;
  height: number;
  value: number;
}

type Histogram = NonNullable<ColumnStatistics['histogram']>;

/** Cells of a profile as label and count: of its histogram, of its frequent values with the rest, or none. */
export function cellsOf(
  profile: Pick<ColumnStatistics, 'histogram' | 'top' | 'other'>,
  words: { edge: (edge: number) => string; other: string },
): Array<{ label: string; value: number }> {
  const { histogram, top, other } = profile;
  if (histogram)
    return histogram.counts.map((value, i) => ({
      label: `${words.edge(histogram.edges[i])} – ${words.edge(
        histogram.edges[i + 1],
      )}`,
      value,
    }));
  return [
    ...(top ?? []).map(({ value, count }) => ({ label: value, value: count })),
    ...(other ? [{ label: words.other, value: other }] : []),
  ];
}

/** Bars of equal width, as high as their value against the greatest, or against `full`: what is more fills the height. */
export function equalBars(
  cells: Array<{ label: string; value: number }>,
  full = Math.max(...cells.map(({ value }) => value), 0),
): Bar[] {
  const top = full || 1;
  return cells.map(({ label, value }, i) => ({
    label,
    value,
    start: i / cells.length,
    width: 1 / cells.length,
    height: Math.min(1, value / top),
  }));
}

/**
 * Bars over the axis of a histogram, as high as rows by width of the cell; of equal width where a cell holds one value only.
 * An outer cell that is wider than all cells between is drawn only so far that the others can be seen.
 */
export function histogramBars(
  { edges, counts }: Histogram,
  cells: Array<{ label: string; value: number }>,
): Bar[] {
  const narrow = counts.some((n, i) => n > 0 && edges[i + 1] <= edges[i]);
  const drawn = drawnEdges(edges);
  const low = drawn[0];
  const span = drawn[drawn.length - 1] - low;
  if (narrow || span <= 0) return equalBars(cells);
  const density = (i: number) =>
    counts[i] ? counts[i] / (edges[i + 1] - edges[i]) : 0;
  const top = Math.max(...counts.map((_, i) => density(i)), 0) || 1;
  return cells.map(({ label, value }, i) => ({
    label,
    value,
    start: (drawn[i] - low) / span,
    width: (drawn[i + 1] - drawn[i]) / span,
    height: density(i) / top,
  }));
}

/** Share of the inner cells' width that a wide outer cell is drawn with. */
const OUTER = 0.25;

function drawnEdges(edges: number[]): number[] {
  const last = edges.length - 1;
  if (last < 3) return edges;
  const inner = edges[last - 1] - edges[1];
  if (inner <= 0) return edges;
  const cut = (width: number) => (width > inner ? inner * OUTER : width);
  const drawn = [...edges];
  drawn[0] = edges[1] - cut(edges[1] - edges[0]);
  drawn[last] = edges[last - 1] + cut(edges[last] - edges[last - 1]);
  return drawn;
}

/** True where bars of a histogram differ in width, so that height alone does not tell the count. */
export function isUneven({ edges }: Histogram): boolean {
  const widths = edges.slice(1).map((edge, i) => edge - edges[i]);
  const [least, most] = [Math.min(...widths), Math.max(...widths)];
  return most > least * 1.001 && least > 0;
}
