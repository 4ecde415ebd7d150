import { useMemo } from 'react';
import { appLanguageApiRef, useApi } from '@backstage/frontend-plugin-api';
import { Text, useText } from './useText';

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;

/** Which two units a span is written in, by its length in seconds. */
const SPANS = [
  { below: HOUR, big: 'minutes', unit: MINUTE, small: 'seconds', part: 1 },
  { below: DAY, big: 'hours', unit: HOUR, small: 'minutes', part: MINUTE },
  { below: Infinity, big: 'days', unit: DAY, small: 'hours', part: HOUR },
] as const;

/** Numbers, times and spans in the language of the reader (Persian: Persian digits and the Jalali calendar). */
export function useFormat() {
  const language = useApi(appLanguageApiRef).getLanguage().language;
  const text = useText();
  return useMemo(() => createFormat(language, text), [language, text]);
}
export type Format = ReturnType<typeof createFormat>;

/** Formatters of one language; `now` is asked on each call, so that ages stay true. */
export function createFormat(
  chosen: string,
  { t }: Pick<Text, 't'>,
  now: () => number = Date.now,
) {
  // Day before month everywhere, as in the pictures of windows; Backstage's plain "en" would put the month first.
  const language = chosen === 'en' ? 'en-GB' : chosen;
  const number = (value: number, options?: Intl.NumberFormatOptions) =>
    new Intl.NumberFormat(language, options).format(value);
  const date = (iso: string, options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(language, options).format(new Date(iso));
  const utc = (iso: string, options: Intl.DateTimeFormatOptions) =>
    date(iso, { timeZone: 'UTC', ...options });

  const one = (key: 'seconds' | 'minutes' | 'hours' | 'days', value: number) =>
    t(`time.${key}`, { n: number(value) });
  /** 252 -> "4 min 12 s"; the second part is left out where it is zero. */
  const span = (seconds: number): string => {
    const s = Math.max(0, Math.round(seconds));
    if (s < MINUTE) return one('seconds', s);
    const { big, unit, small, part } = SPANS.find(x => s < x.below)!;
    const first = one(big, Math.floor(s / unit));
    const rest = Math.round((s % unit) / part);
    return rest && s < 10 * DAY
      ? t('time.pair', { first, second: one(small, rest) })
      : first;
  };
  const rough = (seconds: number): string => {
    if (seconds < MINUTE) return one('seconds', Math.round(seconds));
    if (seconds < HOUR) return one('minutes', Math.floor(seconds / MINUTE));
    if (seconds < 2 * DAY) return one('hours', Math.floor(seconds / HOUR));
    if (seconds < 90 * DAY) return one('days', Math.floor(seconds / DAY));
    if (seconds < 730 * DAY)
      return t('time.months', {
        n: number(Math.floor(seconds / (30.4 * DAY))),
      });
    return t('time.years', { n: number(Math.floor(seconds / (365.25 * DAY))) });
  };
  const clock = (iso: string) =>
    date(iso, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const dayMonth = (iso: string) => {
    const sameYear =
      iso.slice(0, 4) === new Date(now()).toISOString().slice(0, 4);
    return utc(iso, {
      day: 'numeric',
      month: 'short',
      ...(sameYear ? {} : { year: 'numeric' }),
    });
  };

  return {
    language,
    number,
    /** Counts: 115842 -> 115,842 */
    count: (value: number) => number(value, { maximumFractionDigits: 0 }),
    /** Metrics: three decimals under 1, two under 100; never in exponent form. */
    metric: (value: number) => {
      const size = Math.abs(value);
      if (size < 1)
        return number(value, {
          minimumFractionDigits: 3,
          maximumFractionDigits: 3,
        });
      return number(value, {
        maximumFractionDigits: size < 100 ? 2 : 1,
      });
    },
    /** Limits, targets, drift scores: at least two decimals. */
    score: (value: number) =>
      number(value, { minimumFractionDigits: 2, maximumFractionDigits: 3 }),
    /** Difference with its sign, also for zero differences that round to zero. */
    signed: (value: number, digits = 3) =>
      number(value, {
        signDisplay: 'exceptZero',
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
      }).replace('-', '−'),
    /** Share 0..1 -> percent. */
    percent: (share: number, digits = 0) =>
      number(share, { style: 'percent', maximumFractionDigits: digits }),
    bytes: (bytes: number) => {
      const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];
      const step = Math.min(
        4,
        Math.floor(Math.log(Math.max(1, bytes)) / Math.log(1000)),
      );
      return number(bytes / 1000 ** step, {
        style: 'unit',
        unit: units[step],
        unitDisplay: 'short',
        maximumFractionDigits: 1,
      });
    },
    span,
    /** "3 h ago", "in 2 d"; under 5 s "just now". */
    ago: (iso: string) => {
      const seconds = (now() - Date.parse(iso)) / 1000;
      if (Math.abs(seconds) < 5) return t('time.now');
      return seconds > 0
        ? t('time.ago', { span: rough(seconds) })
        : t('time.ahead', { span: rough(-seconds) });
    },
    /** Age without "ago". */
    age: (iso: string) => rough(Math.max(0, (now() - Date.parse(iso)) / 1000)),
    /** Everything a hover has to say: date, time, zone. */
    exact: (iso: string) => date(iso, { dateStyle: 'full', timeStyle: 'long' }),
    clock,
    dayMonth,
    /** Tick of a time axis: day and month only. */
    tick: (iso: string) => utc(iso, { day: 'numeric', month: 'short' }),
    /** "today 06:16", "yesterday 23:10", "9 Apr 08:12" in the reader's zone. */
    moment: (iso: string) => {
      const day = (ms: number) => new Date(ms).toDateString();
      const at = Date.parse(iso);
      if (day(at) === day(now())) return t('time.today', { time: clock(iso) });
      if (day(at) === day(now() - DAY * 1000))
        return t('time.yesterday', { time: clock(iso) });
      return `${date(iso, { day: 'numeric', month: 'short' })} ${clock(iso)}`;
    },
    /** Window of event time: "19 Feb – 6 May"; null ends are left out. */
    window: (from?: string | null, to?: string | null) =>
      from && to
        ? new Intl.DateTimeFormat(language, {
            day: 'numeric',
            month: 'short',
            year: 'numeric',
            timeZone: 'UTC',
          }).formatRange(new Date(from), new Date(to))
        : [from, to].flatMap(x => (x ? [dayMonth(x)] : [])).join(''),
    date: (iso: string) => date(iso, { dateStyle: 'medium' }),
    eventDate: (iso: string) =>
      utc(iso, {
        weekday: 'short',
        day: 'numeric',
        month: 'short',
        year: 'numeric',
      }),
  };
}
