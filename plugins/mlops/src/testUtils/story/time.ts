const HOUR = 3_600_000;

/** ISO time so many hours before now (negative: ahead). */
export function hoursAgo(hours: number): string {
  return new Date(Date.now() - hours * HOUR).toISOString();
}

/** The replayed year of the story: Mondays from 15 January 2001. */
export const WEEKS = Array.from({ length: 17 }, (_, i) =>
  new Date(Date.UTC(2001, 0, 15) + i * 7 * 24 * HOUR)
    .toISOString()
    .slice(0, 10),
);
