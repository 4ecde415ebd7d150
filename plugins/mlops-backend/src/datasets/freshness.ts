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

/** When what was read turns late and stale, ISO, and what says so. */
export interface Turns {
  by: Freshness['by'];
  late: string;
  stale: string;
}

/** How fresh is what was last read at `lastSeen`? Schedules are cron texts; an unreadable one counts as none. */
export function freshnessOf(
  lastSeen: string | undefined,
  schedules: string[],
  now: Date,
): Freshness {
  return freshnessAt(turnsOf(lastSeen, schedules), now);
}

/** Undefined where it was never read. */
export function turnsOf(
  lastSeen: string | undefined,
  schedules: string[],
): Turns | undefined {
  if (!lastSeen) return undefined;
  const dues = schedules.flatMap(text => dueAfter(text, lastSeen));
  const read = new Date(lastSeen).getTime();
  const [late, stale] = dues.length
    ? dues.sort((a, b) => a[0] - b[0])[0]
    : [read + LATE_DAYS * DAY_MS, read + STALE_DAYS * DAY_MS];
  return {
    by: dues.length ? 'schedule' : 'age',
    late: new Date(late).toISOString(),
    stale: new Date(stale).toISOString(),
  };
}

export function freshnessAt(turns: Turns | undefined, now: Date): Freshness {
  if (!turns) return { state: 'no-data', by: 'age' };
  return {
    state: stateAt(
      now.getTime(),
      Date.parse(turns.late),
      Date.parse(turns.stale),
    ),
    by: turns.by,
    due: turns.late,
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
