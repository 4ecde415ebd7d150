const FIELDS = [
  { name: 'minute', low: 0, high: 59 },
  { name: 'hour', low: 0, high: 23 },
  { name: 'day of month', low: 1, high: 31 },
  { name: 'month', low: 1, high: 12 },
  { name: 'day of week', low: 0, high: 7 },
];
const NAMES: Record<string, number> = Object.fromEntries([
  ...'jan feb mar apr may jun jul aug sep oct nov dec'
    .split(' ')
    .map((name, index) => [name, index + 1]),
  ...'sun mon tue wed thu fri sat'
    .split(' ')
    .map((name, index) => [name, index]),
]);
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export interface Cron {
  minutes: Set<number>;
  hours: Set<number>;
  days: Set<number>;
  months: Set<number>;
  weekdays: Set<number>;
  /** Both day fields are restricted: either may match. */
  eitherDay: boolean;
}

/** Reads five cron fields. Error naming the field and the reason. */
export function parseCron(text: string): Cron {
  const fields = text.trim().split(/\s+/);
  if (fields.length !== 5) {
    throw new Error(
      `'${text}' has ${fields.length} fields; a schedule has five: minute, hour, day of month, month, day of week`,
    );
  }
  const [minutes, hours, days, months, weekdays] = fields.map((field, index) =>
    readField(field, FIELDS[index]),
  );
  if (weekdays.has(7)) weekdays.add(0);
  return {
    minutes,
    hours,
    days,
    months,
    weekdays,
    eitherDay: !fields[2].startsWith('*') && !fields[4].startsWith('*'),
  };
}

/** First moment after `after` that the schedule names, in UTC; undefined where there is none in four years (30 February). */
export function nextCron(cron: Cron, after: Date): Date | undefined {
  let at = Math.floor(after.getTime() / 60_000) * 60_000 + 60_000;
  const end = at + 4 * 366 * DAY_MS;
  while (at < end) {
    const date = new Date(at);
    if (!matchesDay(cron, date)) at = Math.floor(at / DAY_MS) * DAY_MS + DAY_MS;
    else if (!cron.hours.has(date.getUTCHours())) {
      at = Math.floor(at / HOUR_MS) * HOUR_MS + HOUR_MS;
    } else if (!cron.minutes.has(date.getUTCMinutes())) at += 60_000;
    else return date;
  }
  return undefined;
}

function matchesDay(cron: Cron, date: Date): boolean {
  if (!cron.months.has(date.getUTCMonth() + 1)) return false;
  const day = cron.days.has(date.getUTCDate());
  const weekday = cron.weekdays.has(date.getUTCDay());
  return cron.eitherDay ? day || weekday : day && weekday;
}

function readField(
  field: string,
  { name, low, high }: (typeof FIELDS)[number],
): Set<number> {
  const values = new Set<number>();
  for (const part of field.toLowerCase().split(',')) {
    const match = /^(\*|[a-z]{3}|\d+)(?:-([a-z]{3}|\d+))?(?:\/(\d+))?$/.exec(
      part,
    );
    if (!match) throw new Error(`${name}: '${part}' is not understood`);
    const [, first, last, step] = match;
    const number = (word: string) => NAMES[word] ?? Number(word);
    const from = first === '*' ? low : number(first);
    let to = from;
    if (last !== undefined) to = number(last);
    else if (first === '*' || step !== undefined) to = high;
    const by = step === undefined ? 1 : Number(step);
    if (!(from >= low && to <= high && from <= to && by > 0)) {
      throw new Error(`${name}: '${part}' is not within ${low} to ${high}`);
    }
    for (let value = from; value <= to; value += by) values.add(value);
  }
  return values;
}
