import { Task } from '../vocabulary/states';
import { aucOf, averagePrecisionOf } from './ranking';

/** Bins of log-odds that predictions of a binary model are counted in: 0.1 wide, from -10 to 10. */
export const SCORE_BINS = 200;

interface Common {
  /** Predictions, and those of them with a label. */
  predictions: number;
  labels: number;
  /** Over all predictions, where they are numbers. */
  predictionSum: number;
  /** Over the labelled ones, where labels are numbers. */
  labelSum: number;
}
/** What a day contributes to the quality of a model; days add up to windows. */
export type DayQuality =
  | (Common & {
      task: 'binary';
      /** Labelled predictions by bin of log-odds, of outcome 0 and 1. */
      zero: number[];
      one: number[];
      /** Sums of the losses and their squares. */
      logLoss: number;
      logLoss2: number;
      brier: number;
      brier2: number;
      /** At the threshold 0.5: right among outcome 0 and 1. */
      rightZero: number;
      rightOne: number;
    })
  | (Common & {
      task: 'regression';
      /** Sums of |error|, error^2, error^4, label^2. */
      absolute: number;
      squared: number;
      fourth: number;
      label2: number;
    })
  | (Common & {
      task: 'multiclass';
      /** Counts by true class, then predicted class. */
      confusion: Record<string, Record<string, number>>;
    });

export interface QualityValue {
  value: number | null;
  /** 95 % interval; null where none can be given. */
  low: number | null;
  high: number | null;
}

const NOTHING: QualityValue = { value: null, low: null, high: null };
const Z = 1.959963984540054;

/** Sum of days; undefined of none. Days of another task are passed over. */
export function mergeQuality(days: DayQuality[]): DayQuality | undefined {
  if (!days.length) return undefined;
  const sum = structuredClone(days[0]) as Record<string, any>;
  for (const day of days.slice(1)) {
    if (day.task !== sum.task) continue;
    for (const [name, value] of Object.entries(day)) {
      if (typeof value === 'number') sum[name] += value;
      else if (Array.isArray(value)) {
        value.forEach((count, bin) => (sum[name][bin] += count));
      } else if (name === 'confusion') addConfusion(sum.confusion, value);
    }
  }
  return sum as DayQuality;
}

function addConfusion(
  sum: Record<string, Record<string, number>>,
  more: object,
): void {
  for (const [truth, row] of Object.entries(more)) {
    sum[truth] ??= {};
    for (const [told, count] of Object.entries(row as Record<string, number>)) {
      sum[truth][told] = (sum[truth][told] ?? 0) + count;
    }
  }
}

/** A metric of a window with its interval; nulls where the metric cannot be computed from what is kept. */
export function qualityOf(quality: DayQuality, metric: string): QualityValue {
  if (quality.labels === 0) return NOTHING;
  switch (quality.task) {
    case 'binary':
      return binaryQuality(quality, metric);
    case 'regression':
      return regressionQuality(quality, metric);
    default:
      return classQuality(quality, metric);
  }
}

function binaryQuality(
  q: Extract<DayQuality, { task: 'binary' }>,
  metric: string,
): QualityValue {
  const zeros = q.zero.reduce((sum, count) => sum + count, 0);
  const ones = q.one.reduce((sum, count) => sum + count, 0);
  switch (metric) {
    case 'roc_auc': {
      const auc = aucOf(q.zero, q.one);
      return auc ? around(auc.value, auc.deviation, 0, 1) : NOTHING;
    }
    case 'average_precision': {
      const value = averagePrecisionOf(q.zero, q.one);
      return { ...NOTHING, value };
    }
    case 'log_loss':
      return meanOf(q.logLoss, q.logLoss2, q.labels);
    case 'brier':
      return meanOf(q.brier, q.brier2, q.labels);
    case 'accuracy':
      return shareOf(q.rightZero + q.rightOne, zeros + ones);
    case 'balanced_accuracy':
      return recallMean([
        [q.rightZero, zeros],
        [q.rightOne, ones],
      ]);
    default:
      return NOTHING;
  }
}

function regressionQuality(
  q: Extract<DayQuality, { task: 'regression' }>,
  metric: string,
): QualityValue {
  switch (metric) {
    case 'mae':
      return meanOf(q.absolute, q.squared, q.labels);
    case 'rmse': {
      const { value, low, high } = meanOf(q.squared, q.fourth, q.labels);
      const root = (x: number | null) => x && Math.sqrt(Math.max(0, x));
      return { value: root(value), low: root(low), high: root(high) };
    }
    case 'r2': {
      const total = q.label2 - q.labelSum ** 2 / q.labels;
      const value = total > 0 ? 1 - q.squared / total : null;
      return { ...NOTHING, value };
    }
    default:
      return NOTHING;
  }
}

function classQuality(
  q: Extract<DayQuality, { task: 'multiclass' }>,
  metric: string,
): QualityValue {
  const recalls = Object.entries(q.confusion).map(([truth, row]) => {
    const n = Object.values(row).reduce((sum, count) => sum + count, 0);
    return [row[truth] ?? 0, n] as [number, number];
  });
  if (metric === 'accuracy') {
    const right = recalls.reduce((sum, [hit]) => sum + hit, 0);
    return shareOf(right, q.labels);
  }
  return metric === 'balanced_accuracy' ? recallMean(recalls) : NOTHING;
}

function around(
  value: number,
  deviation: number,
  least = -Infinity,
  most = Infinity,
): QualityValue {
  return {
    value,
    low: Math.max(least, value - Z * deviation),
    high: Math.min(most, value + Z * deviation),
  };
}

function meanOf(sum: number, squares: number, n: number): QualityValue {
  const mean = sum / n;
  const variance = Math.max(0, squares / n - mean ** 2);
  return around(mean, Math.sqrt(variance / n), 0);
}

/** A share with the interval of Wilson, which holds near 0 and 1. */
function shareOf(hits: number, n: number): QualityValue {
  if (n === 0) return NOTHING;
  const p = hits / n;
  const centre = (p + Z ** 2 / (2 * n)) / (1 + Z ** 2 / n);
  const half =
    (Z * Math.sqrt((p * (1 - p)) / n + Z ** 2 / (4 * n ** 2))) /
    (1 + Z ** 2 / n);
  return { value: p, low: centre - half, high: centre + half };
}

function recallMean(recalls: Array<[number, number]>): QualityValue {
  const seen = recalls.filter(([, n]) => n > 0);
  if (!seen.length) return NOTHING;
  const value =
    seen.reduce((sum, [hits, n]) => sum + hits / n, 0) / seen.length;
  const variance = seen.reduce((sum, [hits, n]) => {
    const p = hits / n;
    return sum + (p * (1 - p)) / n;
  }, 0);
  return around(value, Math.sqrt(variance) / seen.length, 0, 1);
}

/** Tasks by what a prediction looks like. */
export function taskOfQuality(task: string): Task {
  return task === 'regression' || task === 'multiclass' ? task : 'binary';
}
