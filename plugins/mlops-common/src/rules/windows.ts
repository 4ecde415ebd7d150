import { Cells, distributionOf, mergeCells, ReferenceFeature } from './profile';
import { psi, quantile } from './psi';

export type WindowSize = 'day' | 'week';
const DAY_MS = 86_400_000;
const DAYS_OF: Record<WindowSize, number> = { day: 1, week: 7 };

/** UTC date of the day that is `days` after `day` (YYYY-MM-DD). */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS)
    .toISOString()
    .slice(0, 10);
}

/** First day of the window a day lies in; weeks start on Monday. */
export function windowOf(day: string, size: WindowSize): string {
  if (size === 'day') return day;
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return addDays(day, -((weekday + 6) % 7));
}

/** First day after the window that starts on `start`. */
export function windowEnd(start: string, size: WindowSize): string {
  return addDays(start, DAYS_OF[size]);
}

/** Every window from that of `first` to that of `last`, gaps included; at most `most`, the newest ones. */
export function windowsBetween(
  first: string,
  last: string,
  size: WindowSize,
  most = 400,
): string[] {
  const windows: string[] = [];
  for (
    let start = windowOf(last, size);
    start >= windowOf(first, size) && windows.length < most;
    start = addDays(start, -DAYS_OF[size])
  ) {
    windows.unshift(start);
  }
  return windows;
}

/** Days merged into windows: first day of the window -> cells. */
export function cellsByWindow(
  days: Iterable<[string, Cells]>,
  size: WindowSize,
): Map<string, Cells> {
  const grouped = new Map<string, Cells[]>();
  for (const [day, counts] of days) {
    const start = windowOf(day, size);
    const group = grouped.get(start);
    if (group) group.push(counts);
    else grouped.set(start, [counts]);
  }
  const merged = new Map<string, Cells>();
  for (const [start, group] of grouped) merged.set(start, mergeCells(group)!);
  return merged;
}

/** The whole reference of a feature, as a distribution. */
export function referenceCells(feature: ReferenceFeature): Cells {
  const sum = mergeCells(Object.values(feature.days)) ?? [];
  return distributionOf(feature, sum);
}

/**
 * Scores of the reference's own whole windows against the whole of it: how far the feature moves when nothing is wrong.
 * Empty for a reference without days.
 */
export function ownScores(
  feature: ReferenceFeature,
  size: WindowSize,
): number[] {
  const days = Object.keys(feature.days).filter(day => day !== 'all');
  if (!days.length) return [];
  days.sort();
  const last = days[days.length - 1];
  const whole = referenceCells(feature);
  const scores: number[] = [];
  const windows = cellsByWindow(
    days.map(day => [day, feature.days[day]] as [string, Cells]),
    size,
  );
  for (const [start, counts] of windows) {
    if (start < days[0] || addDays(windowEnd(start, size), -1) > last) continue;
    const score = psi(whole, distributionOf(feature, counts));
    if (score !== null) scores.push(score);
  }
  return scores;
}

/** The 95th percentile of the reference's own windows; null without enough of them (two) to speak of variation. */
export function naturalVariation(
  feature: ReferenceFeature,
  size: WindowSize,
): number | null {
  const scores = ownScores(feature, size);
  return scores.length < 2 ? null : quantile(scores, 0.95);
}

/**
 * The smallest window, from `wanted` up, in which the reference itself stays under the limit. A feature that is over it in
 * every window (the day of the week by day) moves with the calendar, not with the world, and does not count.
 */
export function quietWindow(
  features: ReferenceFeature[],
  wanted: WindowSize,
  limit: number,
): WindowSize {
  const loud = (size: WindowSize) =>
    features.some(feature => {
      const scores = ownScores(feature, size);
      if (scores.length < 2 || scores.every(score => score > limit)) {
        return false;
      }
      return quantile(scores, 0.95)! > limit;
    });
  return wanted === 'day' && loud('day') ? 'week' : wanted;
}

/**
 * Whether a window gets no more rows: a later day has been seen, or, by the wall clock, its end has passed; data that came
 * to a stop long ago closes its last window too.
 */
export function isComplete(
  start: string,
  size: WindowSize,
  seen: {
    lastDay: string;
    clock: 'event' | 'wall';
    now: string;
    idleMs: number;
  },
): boolean {
  const end = windowEnd(start, size);
  if (seen.lastDay >= end) return true;
  if (seen.clock === 'wall') return seen.now.slice(0, 10) >= end;
  return seen.idleMs > 2 * DAY_MS;
}

/** 'event' where the newest prediction is more than two days away from now: the data is replayed or late. */
export function clockOf(
  newest: string | undefined,
  now: Date,
): { kind: 'event' | 'wall'; now: string } {
  const wall = { kind: 'wall' as const, now: now.toISOString() };
  if (!newest) return wall;
  const away = Math.abs(Date.parse(newest) - now.getTime());
  return away > 2 * DAY_MS ? { kind: 'event', now: newest } : wall;
}

/** Days without a row after which what follows is another stretch of data: a replay beside live requests. */
const STRETCH_GAP_DAYS = 60;

/**
 * The stretch of days that holds most rows. A replay of old data and a few requests of today are years apart: one of them is
 * what the endpoint lives on, and windows over the gap between them would say nothing.
 *
 * @param days - days (UTC dates) with their rows, in any order
 */
export function mainStretch(
  days: Array<{ day: string; n: number }>,
): { from: string; to: string } | undefined {
  const sorted = [...days].sort((a, b) => a.day.localeCompare(b.day));
  const stretches: Array<{ from: string; to: string; n: number }> = [];
  for (const { day, n } of sorted) {
    const last = stretches.at(-1);
    const gap = last ? Date.parse(day) - Date.parse(last.to) : Infinity;
    if (last && gap <= STRETCH_GAP_DAYS * DAY_MS) {
      last.to = day;
      last.n += n;
    } else {
      stretches.push({ from: day, to: day, n });
    }
  }
  // Of two that hold the same, the later one.
  const main = stretches.reduce<(typeof stretches)[number] | undefined>(
    (best, next) => (best && best.n > next.n ? best : next),
    undefined,
  );
  return main && { from: main.from, to: main.to };
}
