import { VersionDetail } from '@mlops-portal/plugin-mlops-common';
import { positiveShareOf, sliceInterval } from './sliceInterval';

export interface SliceRow {
  /** "origin ORD" */
  name: string;
  baseline?: number;
  /** One for each version, undefined where that version has no such slice. */
  marks: Array<{ value: number; n: number; half?: number } | undefined>;
}

/** Slices of one or more versions side by side, in the order in which they were reported; slices without a value are left out. */
export function sliceRows(versions: VersionDetail[]): SliceRow[] {
  const rows = new Map<string, SliceRow>();
  versions.forEach((v, i) => {
    const share = positiveShareOf(v.plots.confusion);
    for (const slice of v.slices) {
      if (slice.metric === null) continue;
      const name = `${slice.column} ${slice.value}`;
      const row = rows.get(name) ?? {
        name,
        marks: versions.map(() => undefined),
      };
      row.baseline ??= slice.baseline ?? undefined;
      row.marks[i] = {
        value: slice.metric,
        n: slice.n,
        half: sliceInterval(
          v.primary?.name ?? '',
          slice.metric,
          slice.n,
          share,
        ),
      };
      rows.set(name, row);
    }
  });
  return [...rows.values()];
}
