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

/** Bars of equal width, as high as their value. */
export function equalBars(
  cells: Array<{ label: string; value: number }>,
): Bar[] {
  const top = Math.max(...cells.map(({ value }) => value), 0) || 1;
  return cells.map(({ label, value }, i) => ({
    label,
    value,
    start: i / cells.length,
    width: 1 / cells.length,
    height: value / top,
  }));
}

/** Bars over the axis of a histogram, whose area is the count; of equal width where a cell holds one value only. */
export function histogramBars(
  { edges, counts }: Histogram,
  cells: Array<{ label: string; value: number }>,
): Bar[] {
  const low = edges[0];
  const span = edges[edges.length - 1] - low;
  const narrow = counts.some((n, i) => n > 0 && edges[i + 1] <= edges[i]);
  if (narrow || span <= 0) return equalBars(cells);
  const density = (i: number) =>
    counts[i] ? counts[i] / (edges[i + 1] - edges[i]) : 0;
  const top = Math.max(...counts.map((_, i) => density(i)), 0) || 1;
  return cells.map(({ label, value }, i) => ({
    label,
    value,
    start: (edges[i] - low) / span,
    width: (edges[i + 1] - edges[i]) / span,
    height: density(i) / top,
  }));
}

/** True where bars of a histogram differ in width, so that height alone does not tell the count. */
export function isUneven({ edges }: Histogram): boolean {
  const widths = edges.slice(1).map((edge, i) => edge - edges[i]);
  const [least, most] = [Math.min(...widths), Math.max(...widths)];
  return most > least * 1.001 && least > 0;
}
