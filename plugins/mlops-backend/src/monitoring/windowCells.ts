import {
  addDays,
  Cells,
  cellsByWindow,
  FeatureScores,
  mergeCells,
  ReferenceFeature,
  sumOf,
  windowEnd,
} from '@mlops-portal/plugin-mlops-common';
import { AssessInput } from './assess';

/** The frozen reference of a feature or of the prediction. */
export function referenceOf(
  { feature, role }: Pick<FeatureScores, 'feature' | 'role'>,
  { reference }: AssessInput,
): ReferenceFeature | undefined {
  return role === 'prediction'
    ? reference?.prediction
    : reference?.features[feature];
}

/** Cells of one window; undefined without rows. */
export function windowCells(
  { feature, role }: Pick<FeatureScores, 'feature' | 'role'>,
  window: string,
  { cells, size }: AssessInput,
): Cells | undefined {
  const last = addDays(windowEnd(window, size), -1);
  const days = cells.filter(
    each =>
      each.feature === feature &&
      each.role === role &&
      each.day >= window &&
      each.day <= last,
  );
  return cellsByWindow(
    days.map(each => [each.day, each.cells]),
    size,
  ).get(window);
}

/** The whole reference with the cells counted in addition. */
export function mergedReference(reference: ReferenceFeature): Cells {
  return mergeCells(Object.values(reference.days)) ?? [];
}

export function shareOf(counts: Cells): number[] {
  const n = sumOf(counts) || 1;
  return counts.map(count => count / n);
}
