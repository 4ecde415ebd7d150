import {
  FeatureScores,
  Health,
  worstHealth,
} from '@mlops-portal/plugin-mlops-common';
import { lastVerdict } from './assess';
import { VersionSituation } from './Situation';

const VERDICTS: readonly Health[] = [
  'well',
  'above-noise',
  'drift',
  'below-target',
];

/** Worst verdict of the newest judged windows of a version: features, prediction, quality. */
export function healthOfVersion(of: VersionSituation | undefined): Health {
  if (!of || !of.assessment.windows.length) return 'no-data';
  const { features, quality, complete } = of.assessment;
  const told = features
    .filter(feature => !waitsForWholeWindow(feature))
    .map(({ health }) => health);
  const verdict = lastVerdict(
    quality
      .filter(({ window }) => complete.has(window))
      .map(({ health }) => health)
      .filter(health => health !== 'unknown'),
    false,
  );
  // Quality joins where it has a verdict; labels that are late are no reason to worry.
  return worstHealth(VERDICTS.includes(verdict) ? [...told, verdict] : told);
}

/** Parts of the calendar say nothing before the first whole window; the rest of the version is judged without them. */
function waitsForWholeWindow({ health, scores }: FeatureScores): boolean {
  return health === 'not-enough-data' && scores.some(({ partial }) => partial);
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
      ({ window, n, partial }) =>
        complete.has(window) && n >= of.input.limits.minRows && !partial,
    )
    .pop();
  return each && score ? { each, score } : undefined;
}
