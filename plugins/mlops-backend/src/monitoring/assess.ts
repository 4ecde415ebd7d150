import {
  Cells,
  cellsByWindow,
  DayQuality,
  Direction,
  FeatureScores,
  Health,
  isComplete,
  mergeQuality,
  movesWithCalendar,
  naturalVariation,
  qualityHealth,
  qualityOf,
  QualityPoint,
  referenceCells,
  ReferenceFeature,
  ReferenceProfile,
  ScoreLimits,
  scoreWindow,
  usualDays,
  windowOf,
  windowsBetween,
  windowsOver,
  WindowSize,
} from '@mlops-portal/plugin-mlops-common';
import { StoredCells, StoredDay } from './MonitoringStore';

export interface Wanted {
  metric: string;
  direction: Direction;
  target: number | null;
  reference: number | null;
}

export interface AssessInput {
  size: WindowSize;
  limits: ScoreLimits;
  /** Days of one version. */
  days: StoredDay[];
  cells: StoredCells[];
  reference: ReferenceProfile | undefined;
  wanted: Wanted;
  seen: {
    lastDay: string;
    clock: 'event' | 'wall';
    now: string;
    idleMs: number;
  };
}

export interface Assessment {
  windows: string[];
  /** Windows that get no more rows. */
  complete: Set<string>;
  features: FeatureScores[];
  quality: QualityPoint[];
  volume: Array<{ window: string; predictions: number; labels: number }>;
}

/** Scores of every feature and the quality of one version, window by window. An open window is shown, not judged. */
export function assess(input: AssessInput): Assessment {
  const { size, days, seen } = input;
  const windows = days.length
    ? windowsBetween(days[0].day, days[days.length - 1].day, size)
    : [];
  const complete = new Set(
    windows.filter(start => isComplete(start, size, seen)),
  );
  const byFeature = new Map<string, Array<[string, Cells]>>();
  for (const { role, feature, day, cells } of input.cells) {
    const key = `${role}/${feature}`;
    const list = byFeature.get(key);
    if (list) list.push([day, cells]);
    else byFeature.set(key, [[day, cells]]);
  }
  const scoresOf = (
    feature: string,
    role: 'feature' | 'prediction',
    reference: ReferenceFeature,
  ) =>
    featureScores(
      { feature, role, reference },
      byFeature.get(`${role}/${feature}`) ?? [],
      windows,
      complete,
      input,
    );
  const { features = {}, prediction } = input.reference ?? {};
  const scored = Object.entries(features).map(([name, reference]) =>
    scoresOf(name, 'feature', reference),
  );
  scored.sort((a, b) => (b.impact ?? -1) - (a.impact ?? -1));
  return {
    windows,
    complete,
    features: prediction
      ? [...scored, scoresOf('prediction', 'prediction', prediction)]
      : scored,
    quality: qualityPoints(windows, complete, input),
    volume: windows.map(window => {
      const inside = days.filter(({ day }) => windowOf(day, size) === window);
      return {
        window,
        predictions: inside.reduce((sum, { n }) => sum + n, 0),
        labels: inside.reduce((sum, { labels }) => sum + labels, 0),
      };
    }),
  };
}

function featureScores(
  of: {
    feature: string;
    role: 'feature' | 'prediction';
    reference: ReferenceFeature;
  },
  days: Array<[string, Cells]>,
  windows: string[],
  complete: Set<string>,
  { size, limits }: AssessInput,
): FeatureScores {
  const { reference } = of;
  const whole = referenceCells(reference);
  const natural = naturalVariation(reference, size);
  const merged = cellsByWindow(days, size);
  const calendar =
    size === 'week' && movesWithCalendar(reference, limits.limit);
  const usual = calendar ? usualDays(reference, size) : 1;
  const judged: Health[] = [];
  let newest: number | null = null;
  const scores = windows.map(window => {
    const counted = scoreWindow(
      reference,
      whole,
      merged.get(window),
      natural,
      limits,
    );
    const seen = days.filter(([day]) => windowOf(day, size) === window).length;
    const score =
      counted.n > 0 && seen < usual
        ? {
            ...counted,
            score: null,
            health: 'not-enough-data' as const,
            partial: true,
          }
        : counted;
    if (complete.has(window)) {
      judged.push(score.health);
      if (score.score !== null && score.n >= limits.minRows) {
        newest = score.score;
      }
      return { window, ...score };
    }
    return {
      window,
      ...score,
      health: score.n > 0 ? ('not-enough-data' as const) : score.health,
      open: true,
    };
  });
  const rows = scores.some(({ n }) => n > 0);
  return {
    feature: of.feature,
    kind: reference.kind,
    role: of.role,
    importance: reference.importance,
    impact: newest === null ? null : reference.importance * newest,
    health: lastVerdict(judged, rows),
    over: windowsOver(judged),
    scores,
  };
}

/** Whether a score got a verdict. */
export function isJudged({ health }: { health: Health }): boolean {
  return health !== 'no-data' && health !== 'not-enough-data';
}

/** The newest verdict; without one it depends on whether there are rows at all. */
export function lastVerdict(judged: Health[], rows: boolean): Health {
  const verdict = [...judged].reverse().find(health => isJudged({ health }));
  return verdict ?? (rows ? 'not-enough-data' : 'no-data');
}

function qualityPoints(
  windows: string[],
  complete: Set<string>,
  { days, size, wanted }: AssessInput,
): QualityPoint[] {
  return windows.map(window => {
    const inside = days.filter(({ day }) => windowOf(day, size) === window);
    const predictions = inside.reduce((sum, { n }) => sum + n, 0);
    const merged = mergeQuality(
      inside.flatMap(({ quality }): DayQuality[] => (quality ? [quality] : [])),
    );
    const labels = merged?.labels ?? 0;
    const value = merged
      ? qualityOf(merged, wanted.metric)
      : { value: null, low: null, high: null };
    const numeric = merged && merged.task !== 'multiclass';
    const health = qualityHealth(value, { predictions, labels }, wanted);
    return {
      window,
      health: complete.has(window) || labels === 0 ? health : 'not-enough-data',
      ...(complete.has(window) ? {} : { open: true }),
      metric: wanted.metric,
      ...value,
      predictions,
      labels,
      coverage: predictions ? labels / predictions : null,
      meanPrediction:
        numeric && merged.predictions
          ? merged.predictionSum / merged.predictions
          : null,
      meanLabel: numeric && labels ? merged.labelSum / labels : null,
    };
  });
}
