import {
  Alert,
  cellLabels,
  dataQualityOf,
  distributionOf,
  FeatureScores,
  QualityPoint,
  referenceCells,
  sharesOf,
  windowEnd,
  windowsOver,
} from '@mlops-portal/plugin-mlops-common';
import { AssessInput, Assessment } from './assess';
import { AlertStore, NewAlert } from './AlertStore';
import {
  mergedReference,
  referenceOf,
  shareOf,
  windowCells,
} from './windowCells';

/** Features that move the answers less than this share do not raise an alert; the page shows them all the same. */
const IMPORTANT = 0.01;
/** Share of labels that must be there before quality is judged. */
export const ENOUGH_LABELS = 0.5;

/** One complete window with what fires after it. */
export interface JudgedWindow {
  kind: 'drift' | 'quality';
  window: string;
  /** Event time of its end: first moment after it. */
  end: string;
  /** What fires and counts for retraining, longest in a row first. */
  firing: Alert[];
  /** Windows in a row and score of this window, by alert: its evidence stays that of the window it fired after. */
  over: Map<string, number>;
  now: Map<string, number>;
}

export interface JudgeInput {
  endpoint: string;
  version: number;
  input: AssessInput;
  assessment: Assessment;
  /** Windows in which this version is the one to judge. */
  counts: (window: string) => boolean;
  /** Newest windows judged before, by kind. */
  judged: { drift?: string; quality?: string };
  alerts: AlertStore;
  now: string;
}

/**
 * Goes through the complete windows that were not judged yet, oldest first, fires and resolves alerts, and tells `after` of
 * each. Doing a window twice changes nothing, so that `after` may record how far it got.
 */
export async function judge(
  of: JudgeInput,
  after: (judged: JudgedWindow) => Promise<void>,
): Promise<number> {
  const { assessment } = of;
  let done = 0;
  for (const [index, window] of assessment.windows.entries()) {
    if (!assessment.complete.has(window) || !of.counts(window)) continue;
    if (window > (of.judged.drift ?? '')) {
      const judged = await judgeDrift(of, index);
      if (judged) {
        await after(judged);
        done += 1;
      }
    }
    if (window > (of.judged.quality ?? '')) {
      const judged = await judgeQuality(of, index);
      if (judged) {
        await after(judged);
        done += 1;
      }
    }
  }
  return done;
}

async function judgeDrift(
  of: JudgeInput,
  index: number,
): Promise<JudgedWindow | undefined> {
  const { assessment, input } = of;
  const window = assessment.windows[index];
  const enough = assessment.features.some(
    ({ scores }) => scores[index].n >= input.limits.minRows,
  );
  if (!enough) return undefined;
  const judged = startJudged('drift', window, input);
  const anyWeight = assessment.features.some(each => each.importance > 0);
  for (const each of assessment.features) {
    const matters =
      each.role === 'prediction' || !anyWeight || each.importance >= IMPORTANT;
    if (!matters) continue;
    const { health } = each.scores[index];
    const key = {
      endpoint: of.endpoint,
      kind: 'drift' as const,
      subject: each.feature,
    };
    if (health === 'drift') {
      const over = overAt(each, index, assessment);
      const { alert } = await of.alerts.fire(driftAlert(of, each, index, over));
      judged.firing.push(alert);
      judged.over.set(alert.id, over);
      judged.now.set(alert.id, each.scores[index].score!);
    } else if (health === 'well' || health === 'above-noise') {
      await of.alerts.resolve(key, of.now);
    }
    await judgeValues(of, each, index);
  }
  judged.firing.sort((a, b) => judged.over.get(b.id)! - judged.over.get(a.id)!);
  return judged;
}

function startJudged(
  kind: JudgedWindow['kind'],
  window: string,
  { size }: AssessInput,
): JudgedWindow {
  const end = `${windowEnd(window, size)}T00:00:00.000Z`;
  return { kind, window, end, firing: [], over: new Map(), now: new Map() };
}

function overAt(
  each: FeatureScores,
  index: number,
  { windows, complete }: Assessment,
): number {
  return windowsOver(
    each.scores
      .slice(0, index + 1)
      .filter((_, at) => complete.has(windows[at]))
      .map(({ health }) => health),
  );
}

function driftAlert(
  of: JudgeInput,
  each: FeatureScores,
  index: number,
  over: number,
): NewAlert {
  const { input } = of;
  const score = each.scores[index];
  const reference = referenceOf(each, input)!;
  const current = windowCells(each, score.window, input);
  return {
    endpoint: of.endpoint,
    kind: 'drift',
    subject: each.feature,
    title: `${each.feature} drifts: ${score.score!.toFixed(
      3,
    )} over the limit of ${input.limits.limit}`,
    firedAt: of.now,
    eventTime: `${windowEnd(score.window, input.size)}T00:00:00.000Z`,
    evidence: {
      window: score.window,
      score: score.score,
      limit: input.limits.limit,
      noiseFloor: score.noiseFloor,
      n: score.n,
      version: of.version,
      windowsOver: over,
      ...(current
        ? {
            cells: {
              labels: cellLabels(reference),
              reference: shareOf(referenceCells(reference)),
              current: shareOf(distributionOf(reference, current)),
            },
          }
        : {}),
    },
  };
}

/** Missing values and values outside of the reference's range: an alert of their own, it is the data that is wrong. */
async function judgeValues(of: JudgeInput, each: FeatureScores, index: number) {
  const { input } = of;
  if (each.role === 'prediction') return;
  const score = each.scores[index];
  if (score.n < input.limits.minRows) return;
  const reference = referenceOf(each, input)!;
  const usual = sharesOf(reference, mergedReference(reference));
  const wrong = dataQualityOf(
    { ...score, under: score.under ?? null, over: score.over ?? null },
    usual,
    input.limits,
  );
  const key = {
    endpoint: of.endpoint,
    kind: 'data-quality' as const,
    subject: each.feature,
  };
  if (!wrong) {
    await of.alerts.resolve(key, of.now);
    return;
  }
  const percent = Math.round(wrong.share * 100);
  await of.alerts.fire({
    ...key,
    title:
      wrong.what === 'missing'
        ? `${percent}% of ${each.feature} is missing`
        : `${percent}% of ${each.feature} lies outside of what the model has seen`,
    firedAt: of.now,
    eventTime: `${windowEnd(score.window, input.size)}T00:00:00.000Z`,
    evidence: {
      window: score.window,
      score: wrong.share,
      limit: wrong.limit,
      noiseFloor: null,
      n: score.n,
      version: of.version,
      windowsOver: 1,
    },
  });
}

async function judgeQuality(
  of: JudgeInput,
  index: number,
): Promise<JudgedWindow | undefined> {
  const { assessment, input } = of;
  const point = assessment.quality[index];
  if ((point.coverage ?? 0) < ENOUGH_LABELS) return undefined;
  const { health, window } = point;
  if (!['well', 'above-noise', 'below-target'].includes(health)) {
    return undefined;
  }
  const judged = startJudged('quality', window, input);
  const key = {
    endpoint: of.endpoint,
    kind: 'quality' as const,
    subject: point.metric,
  };
  if (health !== 'below-target') {
    await of.alerts.resolve(key, of.now);
    return judged;
  }
  const over = windowsOver(
    assessment.quality.slice(0, index + 1).map(each => each.health),
  );
  const { alert } = await of.alerts.fire({
    ...key,
    title: `${point.metric} is ${point.value!.toFixed(3)}, the target is ${
      input.wanted.target
    }`,
    firedAt: of.now,
    eventTime: judged.end,
    evidence: qualityEvidence(of, point, over),
  });
  judged.firing.push(alert);
  judged.over.set(alert.id, over);
  judged.now.set(alert.id, point.value!);
  return judged;
}

function qualityEvidence(
  { version, input }: JudgeInput,
  point: QualityPoint,
  over: number,
): Alert['evidence'] {
  return {
    window: point.window,
    score: point.value,
    limit: input.wanted.target ?? 0,
    noiseFloor: null,
    n: point.labels,
    version,
    windowsOver: over,
  };
}
