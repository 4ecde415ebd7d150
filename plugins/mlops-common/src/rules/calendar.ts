import { ReferenceFeature } from './profile';
import { ownScores, windowEnd, addDays, windowOf, WindowSize } from './windows';

/** Days of the reference that must be there to say how it moves by day. */
const FEWEST_DAYS = 7;

/**
 * Whether a feature is part of the calendar itself, as the day of the week is: every single day of its own reference is over the
 * limit against the whole. In a week of which only some days were seen its score would speak of those days, not of the world.
 */
export function movesWithCalendar(
  feature: ReferenceFeature,
  limit: number,
): boolean {
  const byDay = ownScores(feature, 'day');
  return byDay.length >= FEWEST_DAYS && byDay.every(score => score > limit);
}

/**
 * Days with rows that a whole window of the reference has at least; a week of an office that is closed on Sundays has six.
 * All days of the window for a reference without whole windows.
 */
export function usualDays(feature: ReferenceFeature, size: WindowSize): number {
  const whole = size === 'week' ? 7 : 1;
  const days = Object.keys(feature.days)
    .filter(day => day !== 'all')
    .sort();
  if (!days.length) return whole;
  const counts = new Map<string, number>();
  for (const day of days) {
    const window = windowOf(day, size);
    const last = addDays(windowEnd(window, size), -1);
    if (window < days[0] || last > days[days.length - 1]) continue;
    counts.set(window, (counts.get(window) ?? 0) + 1);
  }
  return counts.size ? Math.min(...counts.values()) : whole;
}
