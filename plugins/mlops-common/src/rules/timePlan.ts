/** What the time column says of a table, over the rows before `trainUntil`. Times are ISO in UTC. */
export interface TimeFacts {
  first: string;
  last: string;
  /** First moment that is not learnt from: `trainUntil`, else the midnight after the last row. */
  end: string;
  /** Time before which four fifths of the rows lie. By rows, so that a few wrong dates do not eat the test window. */
  edge: string;
  /** Share of the rows whose hour is not 0. */
  hourShare: number;
  /** Different days of the week that occur. */
  weekdays: number;
  /** Mean rows per entity (or altogether) and bucket that has rows. */
  crowd: Record<HistoryBucket, number>;
}

export const HISTORY_BUCKETS = ['1h', '1D', '7D', '28D'] as const;
export type HistoryBucket = (typeof HISTORY_BUCKETS)[number];

export interface TimePlan {
  windows: { history: string; train: string; test: string };
  /** Word and pandas expression over `when`. */
  calendar: Array<[string, string]>;
  history: { bucket: HistoryBucket; lag: number } | null;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Days of history to read for a bucket: an hour's needs the day before, longer ones two of them. */
const HISTORY_DAYS: Record<HistoryBucket, number> = {
  '1h': 1,
  '1D': 2,
  '7D': 14,
  '28D': 56,
};
/** Rows that a bucket holds on average before its mean says something. */
const CROWDED = 3;

/** Windows, calendar parts and the history of a table with time; `message` where no windows fit. */
export function planTime(
  facts: TimeFacts,
  wants: { entity: boolean; history: boolean },
): TimePlan | { message: string } {
  const first = Date.parse(facts.first);
  const end = Date.parse(facts.end);
  const byDay = Date.parse(facts.last) - first > 10 * DAY;
  const step = byDay ? DAY : HOUR;
  const unit = byDay ? 'd' : 'h';
  const size = Math.floor((end - Math.floor(first / step) * step) / step);
  const test = Math.max(1, Math.floor((end - Date.parse(facts.edge)) / step));
  const withHours = facts.hourShare > 0.1;
  const bucket = wants.history
    ? bucketOf(facts, withHours, wants.entity)
    : undefined;
  const wanted = bucket ? HISTORY_DAYS[bucket] * (byDay ? 1 : 24) : 0;
  // History that eats the training window is not worth it.
  const fits = wanted * 3 <= size - test;
  const keep = fits ? wanted : 0;
  // The first rows may well lack their history where that is a small part of the training window.
  const train = size - test - (keep > (size - test) / 20 ? keep : 0);
  if (train < 1) {
    return {
      message: `the rows lie too close together in time for a training and a test window: from ${facts.first} to ${facts.last}`,
    };
  }
  const calendar: Array<[string, string]> = [];
  if (withHours) {
    calendar.push(['hour', 'when.dt.hour + when.dt.minute / 60']);
  }
  if (end - first > 28 * DAY && facts.weekdays > 1) {
    calendar.push(['weekday', 'when.dt.day_of_week']);
  }
  if (end - first > 730 * DAY) calendar.push(['month', 'when.dt.month']);
  return {
    windows: {
      history: `${keep}${unit}`,
      train: `${train}${unit}`,
      test: `${test}${unit}`,
    },
    calendar,
    history: bucket && fits ? { bucket, lag: bucket === '1h' ? 2 : 1 } : null,
  };
}

/** The shortest bucket that is crowded enough. */
function bucketOf(
  facts: TimeFacts,
  withHours: boolean,
  entity: boolean,
): HistoryBucket {
  const possible = HISTORY_BUCKETS.filter(each => withHours || each !== '1h');
  return (
    possible.find(each => facts.crowd[each] >= CROWDED) ??
    (entity ? possible[possible.length - 1] : possible[0])
  );
}
