import { NotFoundError } from '@backstage/errors';
import {
  cellLabels,
  CellSize,
  distributionOf,
  FeatureDetail,
  FeatureScores,
  Health,
  MonitoringView,
  psiContributions,
  referenceCells,
  sumOf,
  worstHealth,
} from '@mlops-portal/plugin-mlops-common';
import { MonitoringSummary } from '../slices';
import { lastVerdict } from './assess';
import { EndpointState } from './MonitoringStore';
import { Situation, VersionSituation } from './Situation';
import { qualityInProduction } from './qualityInProduction';
import { referenceOf, shareOf, windowCells } from './windowCells';

/** Worst verdict of the newest judged windows: features, prediction, quality. */
export function healthOfVersion(of: VersionSituation | undefined): Health {
  if (!of || !of.assessment.windows.length) return 'no-data';
  const { features, quality } = of.assessment;
  const told = features.map(({ health }) => health);
  const verdict = lastVerdict(
    quality
      .filter(({ window }) => of.assessment.complete.has(window))
      .map(({ health }) => health)
      .filter(health => health !== 'unknown'),
  );
  // Quality joins where it has a verdict; labels that are late are no reason to worry.
  const judged: Health[] = ['well', 'above-noise', 'below-target'];
  return worstHealth(judged.includes(verdict) ? [...told, verdict] : told);
}

/** The feature that moves most in its newest judged window, by importance x score. */
export function worstFeature(
  of: VersionSituation,
): { each: FeatureScores; score: FeatureScores['scores'][number] } | undefined {
  const { features, complete } = of.assessment;
  const drifting = features.filter(({ health }) => health === 'drift');
  const each = (drifting.length ? drifting : features).find(
    ({ role, impact }) => role === 'feature' && impact !== null,
  );
  const score = each?.scores
    .filter(
      ({ window, n }) => complete.has(window) && n >= of.input.limits.minRows,
    )
    .pop();
  return each && score ? { each, score } : undefined;
}

export function monitoringView(
  situation: Situation,
  of: VersionSituation | undefined,
  state: EndpointState,
  asked: { served: number | null; from?: string; to?: string; cell?: CellSize },
): MonitoringView {
  const health = healthOfVersion(of);
  const inside = (window: string) =>
    (!asked.from || window >= asked.from) && (!asked.to || window <= asked.to);
  const kept = <T extends { window: string }>(all: T[]) =>
    all.filter(({ window }) => inside(window));
  const reference = of?.input.reference;
  const metric = situation.facts?.metric;
  const requests = situation.days.reduce((sum, day) => sum + day.requests, 0);
  return {
    endpoint: situation.endpoint,
    version: of?.version ?? null,
    versions: situation.versions,
    health,
    headline: headline(of, health),
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
    windows: (of?.assessment.windows ?? []).filter(inside),
    clock: situation.clock,
    evaluatedAt: state.evaluatedAt,
    capture: {
      // The counters of replaced revisions may be gone: fewer served than captured says nothing.
      served:
        asked.served !== null && asked.served >= requests ? asked.served : null,
      captured: requests,
      refused: state.refused,
      unknownLabels: state.unknownLabels,
    },
    volume: kept(of?.assessment.volume ?? []),
    quality: kept(of?.assessment.quality ?? []),
    qualityMetric: metric
      ? {
          name: metric.name,
          direction: of?.input.wanted.direction ?? 'maximize',
          target: metric.target,
          reference: of?.input.wanted.reference ?? null,
        }
      : null,
    features: (of?.assessment.features ?? []).map(each => ({
      ...each,
      scores: kept(each.scores),
    })),
  };
}

function headline(
  of: VersionSituation | undefined,
  health: Health,
): MonitoringView['headline'] {
  if (!of) return { key: 'no-version', values: {} };
  if (!of.input.reference) {
    return { key: 'no-reference', values: { version: of.version } };
  }
  const worst = worstFeature(of);
  const values: Record<string, string | number> = {
    version: of.version,
    limit: of.input.limits.limit,
    minRows: of.input.limits.minRows,
    size: of.size,
    ...(worst
      ? {
          feature: worst.each.feature,
          score: worst.score.score ?? 0,
          noiseFloor: worst.score.noiseFloor ?? 0,
          n: worst.score.n,
          window: worst.score.window,
          over: worst.each.over,
        }
      : {}),
  };
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

/** One feature in one window; the newest window with rows unless one is named. NotFoundError for what is not watched. */
export function featureDetail(
  of: VersionSituation,
  name: string,
  window: string | undefined,
): FeatureDetail {
  const each = of.assessment.features.find(({ feature }) => feature === name);
  const reference = each && referenceOf(each, of.input);
  if (!each || !reference) {
    throw new NotFoundError(
      `version ${
        of.version
      } has no feature '${name}' in its reference; it has: ${of.assessment.features
        .map(({ feature }) => feature)
        .join(', ')}`,
    );
  }
  const score = window
    ? each.scores.find(found => found.window === window)
    : [...each.scores].reverse().find(({ n }) => n > 0) ?? each.scores[0];
  if (!score) {
    throw new NotFoundError(
      `there is no window '${
        window ?? ''
      }' of ${name}; windows are: ${of.assessment.windows.join(', ')}`,
    );
  }
  const whole = referenceCells(reference);
  const current = windowCells(each, score.window, of.input);
  const counts = current && distributionOf(reference, current);
  const filled = counts && sumOf(counts) > 0 ? counts : undefined;
  const contributions = filled ? psiContributions(whole, filled) : undefined;
  const before = shareOf(whole);
  const now = filled && shareOf(filled);
  return {
    feature: name,
    kind: reference.kind,
    window: score.window,
    score,
    limit: of.input.limits.limit,
    importance: each.importance,
    referenceRows: sumOf(whole),
    cells: cellLabels(reference).map((label, cell) => ({
      label,
      reference: before[cell],
      current: now?.[cell] ?? 0,
      contribution: contributions?.[cell] ?? 0,
    })),
    trend: each.scores,
  };
}

export function summaryOf(
  situation: Situation,
  of: VersionSituation | undefined,
  before: VersionSituation[],
  alerts: number,
): MonitoringSummary {
  const worst = of && worstFeature(of);
  return {
    health: healthOfVersion(of),
    alerts,
    quality: qualityInProduction(of ? [...before, of] : before),
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
