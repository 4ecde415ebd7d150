import { Health } from '../vocabulary/states';
import { addDays, windowEnd, windowOf, WindowSize } from './windows';

/** One window as it was served: whose answers it is judged by. */
export interface ServedWindow {
  /** First day. */
  window: string;
  /** The version that answered most rows; of two that answered the same, the newer one. */
  version: number;
  /** Its share of the rows, 0 to 1. */
  share: number;
  /** Days of it that have rows, of whichever version: how far it has come. */
  days: number;
  /** Versions that answered for the first time, oldest first; never the very first one, which takes over from nobody. */
  starts: number[];
}

/**
 * Which version answered each window: a version that takes over in the middle of a week shares that week with the one before.
 * Windows without a row are left out.
 *
 * @param days - rows by version and day (UTC dates), in any order
 */
export function servedWindows(
  days: Array<{ version: number; day: string; n: number }>,
  size: WindowSize,
): ServedWindow[] {
  const byWindow = new Map<string, typeof days>();
  for (const day of [...days].sort((a, b) => a.day.localeCompare(b.day))) {
    if (day.n <= 0) continue;
    const window = windowOf(day.day, size);
    const group = byWindow.get(window);
    if (group) group.push(day);
    else byWindow.set(window, [day]);
  }
  const seen = new Set<number>();
  return [...byWindow].map(([window, group]) => {
    const versions = [...new Set(group.map(({ version }) => version))];
    versions.sort((a, b) => a - b);
    const isFirst = seen.size === 0;
    const starts = versions.filter(
      (version, at) => !seen.has(version) && !(isFirst && at === 0),
    );
    versions.forEach(version => seen.add(version));
    const rowsOf = (version: number) =>
      group.reduce(
        (sum, day) => sum + (day.version === version ? day.n : 0),
        0,
      );
    const version = versions.reduce((best, next) =>
      rowsOf(next) >= rowsOf(best) ? next : best,
    );
    const all = group.reduce((sum, { n }) => sum + n, 0);
    return {
      window,
      version,
      share: rowsOf(version) / all,
      days: new Set(group.map(({ day }) => day)).size,
      starts,
    };
  });
}

/** What one version has shown so far. */
export interface VersionRecord {
  version: number;
  /** Fold of its judged windows; only asked where there is one. */
  health: Health;
  /** Newest window that got a verdict; undefined before the first. */
  judged?: string;
  /** Newest window with its rows, and how far that has come. Undefined for a version that has not answered. */
  newest?: { window: string; open: boolean; days: number; rows: number };
}

/** Verdict on an endpoint: that of the version in production, or what it waits for. */
export interface Standing {
  health: Health;
  version: number;
  /** Set while there is no verdict on the version in production. */
  waits?: {
    /** 'rows': nothing answered yet; 'window': the first window is open; 'more': the newest closed window was too small. */
    for: 'rows' | 'window' | 'more';
    window: string | null;
    days: number;
    ofDays: number;
    rows: number;
    /** First day after the window that can give the verdict; null where nothing is known to come. */
    due: string | null;
  };
  /** The last judged state of a version that answered before. */
  before?: { version: number; health: Health; window: string };
}

/**
 * Verdict on the version in production. Without a judged window it is "not enough data" ("no data" where it has answered nothing),
 * never the verdict of the version before: that is named beside it.
 *
 * @param current - the version in production
 * @param others - versions that answered beside or before it, in any order
 */
export function standingOf(
  current: VersionRecord,
  others: VersionRecord[],
  size: WindowSize,
): Standing {
  const { version, newest } = current;
  if (current.judged !== undefined) return { health: current.health, version };
  const judged = others
    .filter(each => each.judged !== undefined)
    .sort(
      (a, b) => b.judged!.localeCompare(a.judged!) || b.version - a.version,
    )[0];
  const before = judged && {
    version: judged.version,
    health: judged.health,
    window: judged.judged!,
  };
  const ofDays = size === 'week' ? 7 : 1;
  if (!newest) {
    return {
      health: 'no-data',
      version,
      waits: { for: 'rows', window: null, days: 0, ofDays, rows: 0, due: null },
      ...(before ? { before } : {}),
    };
  }
  const end = windowEnd(newest.window, size);
  return {
    health: 'not-enough-data',
    version,
    waits: {
      for: newest.open ? 'window' : 'more',
      window: newest.window,
      days: newest.days,
      ofDays,
      rows: newest.rows,
      due: newest.open ? end : addDays(end, ofDays),
    },
    ...(before ? { before } : {}),
  };
}
