import { Health } from '../vocabulary/states';
import {
  Cells,
  distributionOf,
  ReferenceFeature,
  sharesOf,
  sumOf,
} from './profile';
import { psi, samplingNoise } from './psi';

export interface ScoreLimits {
  /** PSI that is drift. */
  limit: number;
  /** Fewer rows than this say nothing. */
  minRows: number;
}

export interface WindowScore {
  health: Health;
  score: number | null;
  noiseFloor: number | null;
  n: number;
  missing: number | null;
  under: number | null;
  over: number | null;
}

/** Verdict on a score. Below the noise floor there is none but "well"; drift needs limit and floor. */
export function healthOf(
  score: { score: number | null; noiseFloor: number | null; n: number },
  limits: ScoreLimits,
): Health {
  if (score.n === 0) return 'no-data';
  if (score.score === null) return 'unknown';
  if (score.n < limits.minRows) return 'not-enough-data';
  const floor = score.noiseFloor ?? 0;
  if (score.score > Math.max(limits.limit, floor)) return 'drift';
  return score.score > floor ? 'above-noise' : 'well';
}

/**
 * Score of one window of a feature against its reference. `natural` is the 95th percentile of the reference's own windows of
 * this length, null where it has none.
 */
export function scoreWindow(
  feature: ReferenceFeature,
  reference: Cells,
  current: Cells | undefined,
  natural: number | null,
  limits: ScoreLimits,
): WindowScore {
  const counts = current && distributionOf(feature, current);
  const n = counts ? sumOf(counts) : 0;
  if (!current || !counts || n === 0) {
    return {
      health: 'no-data',
      score: null,
      noiseFloor: natural,
      n: 0,
      missing: null,
      under: null,
      over: null,
    };
  }
  const score = psi(reference, counts);
  const noiseFloor = Math.max(natural ?? 0, samplingNoise(reference, n) ?? 0);
  return {
    health: healthOf({ score, noiseFloor, n }, limits),
    score,
    noiseFloor,
    n,
    ...sharesOf(feature, current),
  };
}

/** Share of missing values, and of values outside of the reference's range, that is more than an accident. */
const MISSING_MORE = 0.1;
const OUTSIDE = 0.05;

/** What is wrong with the values themselves, apart from their distribution; undefined where nothing is. */
export function dataQualityOf(
  score: WindowScore,
  reference: { missing: number | null },
  limits: ScoreLimits,
): { what: 'missing' | 'outside'; share: number; limit: number } | undefined {
  if (score.n < limits.minRows) return undefined;
  const allowed = (reference.missing ?? 0) + MISSING_MORE;
  if ((score.missing ?? 0) > allowed) {
    return { what: 'missing', share: score.missing!, limit: allowed };
  }
  const outside = (score.under ?? 0) + (score.over ?? 0);
  return outside > OUTSIDE
    ? { what: 'outside', share: outside, limit: OUTSIDE }
    : undefined;
}

const WORST_FIRST: readonly Health[] = [
  'below-target',
  'drift',
  'above-noise',
  'not-enough-data',
  'unknown',
  'no-data',
  'well',
];

/** The worst of several; 'unknown' of none. What is not known never hides what is known to be wrong, and is never well. */
export function worstHealth(healths: Health[]): Health {
  return WORST_FIRST.find(health => healths.includes(health)) ?? 'unknown';
}

/** Windows in a row, counted back from the newest judged one, that are in drift; those without a verdict are passed over. */
export function windowsOver(newestLast: Health[]): number {
  let over = 0;
  for (const health of [...newestLast].reverse()) {
    if (health === 'no-data' || health === 'not-enough-data') continue;
    if (health !== 'drift' && health !== 'below-target') break;
    over++;
  }
  return over;
}
