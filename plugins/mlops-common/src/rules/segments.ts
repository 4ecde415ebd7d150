import { FeatureSegments, Segment } from '../api/segmentShapes';
import { DayQuality, QualityValue, qualityOf } from './quality';
import { directionOf } from '../vocabulary/states';

/** What was counted of one segment of a window. */
export interface CountedSegment
  extends Pick<Segment, 'label' | 'kind' | 'isNew' | 'predictions'> {
  quality: DayQuality;
}

/** Below it no interval is given: those of few rows are too narrow by chance. */
export const MIN_SEGMENT_LABELS = 30;
/** Of each outcome, for a metric that ranks one above the other. */
const MIN_OF_OUTCOME = 10;
/**
 * How many times the 95 % interval a difference must be to be called one: three standard errors, so that of a few dozen segments
 * that differ by chance alone hardly ever one is named.
 */
const SURE = 3 / 1.96;

type Judged = Pick<FeatureSegments, 'metric' | 'typical' | 'segments'>;

/**
 * Quality by segment, the surely worst first. The primary metric where its interval can be given, else the share of wrong answers
 * or the mean absolute error. Segments are held against their own mean and not against the whole window: a ranking is easier
 * across segments than within one, so that by the whole all of them would look worse.
 */
export function judgeSegments(
  counted: CountedSegment[],
  primary: string,
): Judged {
  const enough = counted.filter(
    ({ quality }) => quality.labels >= MIN_SEGMENT_LABELS,
  );
  const usesPrimary = enough.some(({ quality }) =>
    hasInterval(quality, primary),
  );
  const name = usesPrimary ? primary : substituteOf(counted);
  const metric = {
    name,
    direction: directionOf(name),
    primary: usesPrimary,
  };
  const total = counted.reduce((sum, { predictions }) => sum + predictions, 0);
  const valued = counted.map(each => ({
    each,
    ...valueOf(each.quality, name),
  }));
  const typical = (of: string) =>
    meanOf(valued.filter(({ metric: its, low }) => its === of && low !== null));
  const segments = valued.map(({ each, ...value }): Segment & Rank => {
    const { quality, ...facts } = each;
    const worseBy = worsening(value, typical(value.metric));
    return {
      ...facts,
      share: total ? facts.predictions / total : 0,
      labels: quality.labels,
      coverage: facts.predictions ? quality.labels / facts.predictions : 0,
      ...value,
      standing: standingOf(quality.labels, worseBy),
      worseBy,
      isMain: value.metric === name,
    };
  });
  return {
    metric,
    typical: typical(name),
    segments: segments
      .sort(worstFirst)
      .map(({ worseBy, isMain, ...segment }) => segment),
  };
}

interface Worsening {
  /** By how much it is worse at least, at most, and as measured; below 0 it is better. */
  least: number;
  value: number;
  most: number;
}
interface Rank {
  worseBy: Worsening | undefined;
  isMain: boolean;
}
type Valued = QualityValue & { metric: string };

function valueOf(quality: DayQuality, metric: string): Valued {
  if (hasInterval(quality, metric)) {
    return { metric, ...metricOf(quality, metric) };
  }
  const other = substitute(quality);
  const found = metricOf(quality, other);
  return quality.labels < MIN_SEGMENT_LABELS
    ? { metric: other, value: found.value, low: null, high: null }
    : { metric: other, ...found };
}

function hasInterval(quality: DayQuality, metric: string): boolean {
  if (quality.labels < MIN_SEGMENT_LABELS) return false;
  if (quality.task === 'binary' && metric.endsWith('_auc')) {
    const ones = quality.one.reduce((sum, count) => sum + count, 0);
    const least = Math.min(ones, quality.labels - ones);
    if (least < MIN_OF_OUTCOME) return false;
  }
  return metricOf(quality, metric).low !== null;
}

function metricOf(quality: DayQuality, metric: string): QualityValue {
  if (metric !== 'error_rate') return qualityOf(quality, metric);
  const { value, low, high } = qualityOf(quality, 'accuracy');
  const not = (share: number | null) => (share === null ? null : 1 - share);
  return { value: not(value), low: not(high), high: not(low) };
}

/** What can always be computed. */
function substitute({ task }: DayQuality): string {
  return task === 'regression' ? 'mae' : 'error_rate';
}

function substituteOf([first]: CountedSegment[]): string {
  return first ? substitute(first.quality) : 'error_rate';
}

function meanOf(
  valued: Array<{ each: CountedSegment; value: number | null }>,
): number | null {
  const labels = valued.reduce((sum, { each }) => sum + each.quality.labels, 0);
  if (!labels) return null;
  return (
    valued.reduce(
      (sum, { each, value }) => sum + value! * each.quality.labels,
      0,
    ) / labels
  );
}

function worsening(
  { metric, value, low, high }: Valued,
  typical: number | null,
): Worsening | undefined {
  if (value === null || low === null || high === null || typical === null) {
    return undefined;
  }
  return directionOf(metric) === 'maximize'
    ? { least: typical - high, value: typical - value, most: typical - low }
    : { least: low - typical, value: value - typical, most: high - typical };
}

function standingOf(
  labels: number,
  by: Worsening | undefined,
): Segment['standing'] {
  if (labels === 0) return 'no-labels';
  if (!by) return 'few-labels';
  if (by.value - (by.value - by.least) * SURE > 0) return 'worse';
  return by.value + (by.most - by.value) * SURE < 0 ? 'better' : 'like-others';
}

/** By what is sure, in the metric of the answer, then in what takes its place; those without an interval last, the largest first. */
function worstFirst(a: Segment & Rank, b: Segment & Rank): number {
  const group = (each: Segment & Rank) => {
    if (!each.worseBy) return 2;
    return each.isMain ? 0 : 1;
  };
  return (
    group(a) - group(b) ||
    (a.worseBy && b.worseBy ? b.worseBy.least - a.worseBy.least : 0) ||
    b.predictions - a.predictions
  );
}
