import { RouteOutput, MlopsRoutes } from '@mlops-portal/plugin-mlops-common';

type Series = RouteOutput<MlopsRoutes['getEndpointSeries']>['series'][number];

export interface SeriesRow {
  /** Unix seconds. */
  at: number;
  /** Value by key of a line (`v<version>`); undefined where nothing was asked in that step. */
  [line: string]: number | undefined;
}

export interface Lines {
  /** Keys of the lines, lowest version first. */
  keys: string[];
  rows: SeriesRow[];
}

const PER_MINUTE = 60;

/** Lines of one metric by version. Rates are turned from a second into a minute; revisions of one version are added up (latency: the later wins). */
export function linesOf(all: Series[], metric: string): Lines {
  const found = all.find(each => each.metric === metric);
  if (!found) return { keys: [], rows: [] };
  const rate = found.unit === '1/s';
  const rows = new Map<number, SeriesRow>();
  const versions = new Set<number>();
  for (const { version, points } of found.series) {
    versions.add(version);
    for (const [at, value] of points) {
      const row = rows.get(at) ?? { at };
      const key = keyOf(version);
      row[key] = rate ? (row[key] ?? 0) + value * PER_MINUTE : value;
      rows.set(at, row);
    }
  }
  return {
    keys: [...versions].sort((a, b) => a - b).map(keyOf),
    rows: [...rows.values()].sort((a, b) => a.at - b.at),
  };
}

/** Number of requests in the lines of a rate per minute, from the usual distance between two points. */
export function totalOf({ keys, rows }: Lines): number {
  if (!rows.length) return 0;
  const gaps = rows.slice(1).map((row, i) => row.at - rows[i].at);
  const step = gaps.length ? Math.min(...gaps) : PER_MINUTE;
  const perMinute = rows.reduce(
    (sum, row) => sum + keys.reduce((s, key) => s + (row[key] ?? 0), 0),
    0,
  );
  return Math.round((perMinute * step) / PER_MINUTE);
}

/** Fewer rows for a small plot: means over as many neighbours as bring them to `most`. Gaps stay gaps. */
export function thin({ keys, rows }: Lines, most: number): Lines {
  const size = Math.ceil(rows.length / most);
  if (size <= 1) return { keys, rows };
  const fewer: SeriesRow[] = [];
  for (let i = 0; i < rows.length; i += size) {
    const group = rows.slice(i, i + size);
    const row: SeriesRow = { at: group[0].at };
    for (const key of keys) {
      const known = group.flatMap(({ [key]: value }) =>
        value === undefined ? [] : [value],
      );
      if (known.length)
        row[key] = known.reduce((a, b) => a + b, 0) / known.length;
    }
    fewer.push(row);
  }
  return { keys, rows: fewer };
}

/** Longer than this many usual steps without a row, nothing was asked in between: the line ends there. */
const GAP_STEPS = 3;

/** Rows with an empty one in each gap, so that a line does not run over a time in which nothing was asked. */
export function withGaps({ keys, rows }: Lines): Lines {
  const steps = rows.slice(1).map((row, i) => row.at - rows[i].at);
  const usual = Math.max(PER_MINUTE, Math.min(...steps, Infinity));
  return {
    keys,
    rows: rows.flatMap((row, i) => {
      const next = rows[i + 1];
      const isGap = next && next.at - row.at > GAP_STEPS * usual;
      return isGap ? [row, { at: (row.at + next.at) / 2 }] : [row];
    }),
  };
}

/** Whether the value has no neighbour to draw a line to: it needs a mark of its own. */
export function standsAlone(rows: SeriesRow[], at: number, key: string) {
  return (
    rows[at]?.[key] !== undefined &&
    rows[at - 1]?.[key] === undefined &&
    rows[at + 1]?.[key] === undefined
  );
}

function keyOf(version: number): string {
  return `v${version}`;
}
