import { Direction, Health } from '../vocabulary/states';
import { QualityValue } from './quality';

/** Fewer labels than this say nothing about quality. */
export const FEWEST_LABELS = 100;

/**
 * Verdict on the quality of a window. Below target is said only when the whole interval lies on the wrong side of it (the value
 * itself where there is no interval). Without a target the reference, the value at registration, is what it is held against, and
 * "above noise" is as bad as it gets.
 */
export function qualityHealth(
  quality: QualityValue,
  counts: { predictions: number; labels: number },
  wanted: {
    direction: Direction;
    target: number | null;
    reference: number | null;
  },
): Health {
  if (counts.predictions === 0 || counts.labels === 0) return 'no-data';
  if (quality.value === null) return 'unknown';
  if (counts.labels < FEWEST_LABELS) return 'not-enough-data';
  const bar = wanted.target ?? wanted.reference;
  if (bar === null) return 'unknown';
  const more = wanted.direction === 'maximize';
  const reached = more ? quality.value >= bar : quality.value <= bar;
  if (reached) return 'well';
  const best = (more ? quality.high : quality.low) ?? quality.value;
  const surelyWorse = more ? best < bar : best > bar;
  if (!surelyWorse) return wanted.target === null ? 'well' : 'above-noise';
  return wanted.target === null ? 'above-noise' : 'below-target';
}
