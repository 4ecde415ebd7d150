import {
  Freshness,
  nextCron,
  parseCron,
} from '@mlops-portal/plugin-mlops-common';

const DAY_MS = 24 * 3_600_000;
/** Where nobody says how often data is to be read, its age alone counts. */
export const LATE_DAYS = 30;
export const STALE_DAYS = 90;
/** A run that the schedule started needs this long until it has read. */
const GRACE_MS = 3_600_000;

/** How fresh is what was last read at `lastSeen`? Schedules are cron texts; an unreadable one counts as none. */
export function freshnessOf(
  lastSeen: string | undefined,
  schedules: string[],
  now: Date,
): Freshness {
  const dues = schedules.flatMap(text => dueAfter(text, lastSeen));
  const by = dues.length ? 'schedule' : 'age';
  if (!lastSeen) return { state: 'no-data', by: 'age' };
  const read = new Date(lastSeen).getTime();
  const [late, stale] = dues.length
    ? dues.sort((a, b) => a[0] - b[0])[0]
    : [read + LATE_DAYS * DAY_MS, read + STALE_DAYS * DAY_MS];
  return {
    state: stateAt(now.getTime(), late, stale),
    by,
    due: new Date(late).toISOString(),
  };
}

function stateAt(now: number, late: number, stale: number) {
  if (now > stale) return 'stale';
  return now > late ? 'late' : 'fresh';
}

/** The next two moments of a schedule after a reading, with the grace. */
function dueAfter(
  schedule: string,
  lastSeen: string | undefined,
): Array<[number, number]> {
  if (!schedule.trim() || !lastSeen) return [];
  try {
    const cron = parseCron(schedule);
    const first = nextCron(cron, new Date(lastSeen));
    const second = first && nextCron(cron, first);
    return first && second
      ? [[first.getTime() + GRACE_MS, second.getTime() + GRACE_MS]]
      : [];
  } catch {
    return [];
  }
}
