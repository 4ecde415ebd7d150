import {
  CellSize,
  Health,
  MonitoringView,
  Period,
  Standing,
} from '@mlops-portal/plugin-mlops-common';
import { MonitoringSummary } from '../slices';
import { healthOfVersion, worstFeature } from './health';
import { EndpointState } from './MonitoringStore';
import { Served } from './served';
import { Situation, VersionSituation } from './Situation';

const SUMMARY_WINDOWS = 26;

export function monitoringView(
  situation: Situation,
  served: Served | undefined,
  state: EndpointState,
  asked: { served: number | null; from?: string; to?: string; cell?: CellSize },
): MonitoringView {
  const inside = (window: string) =>
    (!asked.from || window >= asked.from) && (!asked.to || window <= asked.to);
  const kept = <T extends { window: string }>(all: T[] = []) =>
    all.filter(({ window }) => inside(window));
  const of = served?.of;
  const reference = of?.input.reference;
  const metric = situation.facts?.metric;
  const { captured } = situation;
  return {
    endpoint: situation.endpoint,
    asServed: served?.asServed ?? true,
    version: of?.version ?? null,
    versions: situation.versions,
    health: served?.standing.health ?? 'no-data',
    headline: headline(served),
    cell:
      of?.size ?? asked.cell ?? situation.facts?.monitoring.window ?? 'week',
    ...situation.limits,
    reference:
      reference && of
        ? {
            version: of.version,
            from: reference.from,
            to: reference.to,
            rows: reference.rows,
          }
        : null,
    windows: (served?.windows ?? []).filter(inside),
    periods: kept(served?.periods),
    standing: {
      waits: served?.standing.waits ?? null,
      before: served?.standing.before ?? null,
    },
    clock: situation.clock,
    evaluatedAt: state.evaluatedAt,
    capture: {
      // The counters of replaced revisions may be gone: fewer served than captured says nothing.
      served:
        asked.served !== null && asked.served >= captured ? asked.served : null,
      captured,
      refused: state.refused,
      unknownLabels: state.unknownLabels,
    },
    volume: kept(served?.volume),
    quality: kept(served?.quality),
    qualityMetric: metric
      ? {
          name: metric.name,
          direction: of?.input.wanted.direction ?? 'maximize',
          target: metric.target,
          reference: of?.input.wanted.reference ?? null,
        }
      : null,
    features: (served?.features ?? []).map(each => ({
      ...each,
      scores: kept(each.scores),
    })),
  };
}

type Headline = MonitoringView['headline'];

function headline(served: Served | undefined): Headline {
  if (!served) return { key: 'no-version', values: {} };
  const { of, standing } = served;
  if (!of.input.reference) {
    return { key: 'no-reference', values: { version: of.version } };
  }
  const values: Headline['values'] = {
    version: of.version,
    limit: of.input.limits.limit,
    minRows: of.input.limits.minRows,
    size: of.size,
  };
  if (standing.waits) {
    return {
      key: `waits-${standing.waits.for}`,
      values: { ...values, ...waitValues(standing.waits) },
    };
  }
  return judgedHeadline(of, standing.health, values);
}

function waitValues(waits: NonNullable<Standing['waits']>): Headline['values'] {
  const { days, ofDays, rows, window, due } = waits;
  return {
    days,
    ofDays,
    rows,
    ...(window ? { window } : {}),
    ...(due ? { due } : {}),
  };
}

function judgedHeadline(
  of: VersionSituation,
  health: Health,
  shared: Headline['values'],
): Headline {
  const values = { ...shared, ...worstValues(of) };
  const below = [...of.assessment.quality]
    .reverse()
    .find(point => point.health === 'below-target');
  if (health === 'below-target' && below) {
    values.metric = below.metric;
    values.value = below.value ?? 0;
    values.target = of.input.wanted.target ?? 0;
    values.window = below.window;
    values.n = below.labels;
  }
  return { key: health, values };
}

function worstValues(of: VersionSituation): Headline['values'] {
  const worst = worstFeature(of);
  return worst
    ? {
        feature: worst.each.feature,
        score: worst.score.score ?? 0,
        noiseFloor: worst.score.noiseFloor ?? 0,
        n: worst.score.n,
        window: worst.score.window,
        over: worst.each.over,
      }
    : {};
}

/** What lists and the loop show of an endpoint. */
export function summaryOf(
  situation: Situation,
  served: Served | undefined,
  alerts: number,
): MonitoringSummary {
  const of = served?.of;
  const worst = of && worstFeature(of);
  return {
    health: served?.standing.health ?? healthOfVersion(undefined),
    alerts,
    quality: (served?.quality ?? [])
      .slice(-SUMMARY_WINDOWS)
      .map(({ window, value, low, high, coverage, version, labels }) => ({
        window,
        value,
        low,
        high,
        coverage,
        version: version ?? null,
        n: labels,
      })),
    starts: startsOf(served?.periods ?? []),
    standing: served?.standing,
    ...(worst
      ? {
          worst: {
            feature: worst.each.feature,
            score: worst.score.score ?? 0,
            limit: of.input.limits.limit,
            noiseFloor: worst.score.noiseFloor ?? 0,
            n: worst.score.n,
            window: worst.score.window,
            over: worst.each.over,
          },
        }
      : {}),
    clock: situation.clock,
  };
}

/** The version that answered first, and each that took over, with its window. */
function startsOf(periods: Period[]): MonitoringSummary['starts'] {
  const first = periods.find(({ version }) => version !== null);
  return periods.flatMap(period => {
    const { window, version, starts } = period;
    const begun = period === first ? [version!, ...starts] : starts;
    return begun.map(each => ({ version: each, window }));
  });
}
