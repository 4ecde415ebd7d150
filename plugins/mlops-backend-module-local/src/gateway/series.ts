import { Series, SeriesQuery } from '@mlops-portal/plugin-mlops-node';
import { mergeLatencies, quantileOf } from './latencies';
import { Minute } from './minuteStore';

/** Whole minutes: nothing finer is kept. */
export function stepOf(query: { stepSeconds: number }): number {
  return Math.max(60, Math.ceil(query.stepSeconds / 60) * 60);
}

function valueOf(
  minutes: Minute[],
  metric: SeriesQuery['metric'],
  seconds: number,
): number | undefined {
  const sum = (key: 'requests' | 'errors') =>
    minutes.reduce((total, minute) => total + minute[key], 0);
  switch (metric) {
    case 'requests':
    case 'errors':
      return sum(metric) / seconds;
    default:
      return quantileOf(
        mergeLatencies(minutes.map(minute => minute.latencies)),
        metric === 'p50' ? 0.5 : 0.95,
      );
  }
}

/**
 * Time series by revision out of minutes. A step in which a revision got no request has no point; the step that is not
 * over yet counts the seconds that have passed.
 *
 * @param now - unix seconds
 */
export function seriesOf(
  minutes: Minute[],
  query: Pick<SeriesQuery, 'metric' | 'from' | 'stepSeconds'>,
  now: number,
): Series[] {
  const step = stepOf(query);
  const start = Math.floor(query.from / 60) * 60;
  const byRevision = new Map<string, Map<number, Minute[]>>();
  for (const minute of minutes) {
    const at = start + Math.floor((minute.at - start) / step) * step;
    const steps = byRevision.get(minute.revision) ?? new Map();
    byRevision.set(minute.revision, steps);
    steps.set(at, [...(steps.get(at) ?? []), minute]);
  }
  return [...byRevision].sort().map(([revisionId, steps]) => ({
    revisionId,
    points: [...steps]
      .sort(([a], [b]) => a - b)
      .flatMap(([at, inStep]): Array<[number, number]> => {
        const seconds = Math.min(step, Math.max(1, now - at));
        const value = valueOf(inStep, query.metric, seconds);
        return value === undefined ? [] : [[at, value]];
      }),
  }));
}
