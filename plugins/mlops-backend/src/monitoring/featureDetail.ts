import { NotFoundError } from '@backstage/errors';
import {
  cellLabels,
  distributionOf,
  FeatureDetail,
  FeatureScores,
  psiContributions,
  ReferenceFeature,
  referenceCells,
  Score,
  sumOf,
} from '@mlops-portal/plugin-mlops-common';
import { Served } from './served';
import { VersionSituation } from './Situation';
import { referenceOf, shareOf, windowCells } from './windowCells';

/** A feature in one window, and the version that it is held against there. */
export interface FeatureAt {
  each: FeatureScores;
  score: Score;
  of: VersionSituation;
  reference: ReferenceFeature;
}

/** The newest window with rows unless one is named. NotFoundError for what is not watched. */
export function featureAt(
  served: Served,
  name: string,
  window: string | undefined,
): FeatureAt {
  const each = served.features.find(({ feature }) => feature === name);
  if (!each) {
    throw new NotFoundError(
      `version ${
        served.of.version
      } has no feature '${name}' in its reference; it has: ${served.features
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
      }' of ${name}; windows are: ${served.windows.join(', ')}`,
    );
  }
  const of = [served.leading(score.window), served.of, ...served.versions].find(
    known => known && referenceOf(each, known.input),
  )!;
  return { each, score, of, reference: referenceOf(each, of.input)! };
}

/** Distributions and trend of a feature, held against the reference of the version that answered the window. */
export function featureDetail({
  each,
  score,
  of,
  reference,
}: FeatureAt): FeatureDetail {
  const whole = referenceCells(reference);
  const current = windowCells(each, score.window, of.input);
  const counts = current && distributionOf(reference, current);
  const filled = counts && sumOf(counts) > 0 ? counts : undefined;
  const contributions = filled ? psiContributions(whole, filled) : undefined;
  const before = shareOf(whole);
  const now = filled && shareOf(filled);
  return {
    feature: each.feature,
    kind: reference.kind,
    window: score.window,
    version: of.version,
    score,
    limit: of.input.limits.limit,
    importance: reference.importance,
    referenceRows: sumOf(whole),
    reference: {
      from: of.input.reference?.from ?? null,
      to: of.input.reference?.to ?? null,
    },
    cells: cellLabels(reference).map((label, cell) => ({
      label,
      reference: before[cell],
      current: now?.[cell] ?? 0,
      contribution: contributions?.[cell] ?? 0,
    })),
    trend: each.scores,
  };
}
