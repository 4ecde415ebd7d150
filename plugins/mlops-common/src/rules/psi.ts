import { Cells, sumOf } from './profile';

/** Shares below this count as this much: an empty cell must not make a score endless. */
export const SHARE_FLOOR = 1e-4;

/** Contribution of each cell to the population stability index, natural logarithm. Both must have the same cells. */
export function psiContributions(reference: Cells, current: Cells): number[] {
  if (reference.length !== current.length) {
    throw new Error(
      `cells differ: ${reference.length} in the reference, ${current.length} now`,
    );
  }
  const before = sumOf(reference);
  const now = sumOf(current);
  return reference.map((count, cell) => {
    const p = Math.max(count / before, SHARE_FLOOR);
    const q = Math.max(current[cell] / now, SHARE_FLOOR);
    return (q - p) * Math.log(q / p);
  });
}

/** Population stability index; null where one side has no rows. */
export function psi(reference: Cells, current: Cells): number | null {
  if (sumOf(reference) === 0 || sumOf(current) === 0) return null;
  return sumOf(psiContributions(reference, current));
}

/** Quantile with linear interpolation; null of nothing. */
export function quantile(values: number[], q: number): number | null {
  if (!values.length) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const at = (sorted.length - 1) * q;
  const low = Math.floor(at);
  const high = Math.ceil(at);
  return sorted[low] + (sorted[high] - sorted[low]) * (at - low);
}

/** Normal quantile at 0.95. */
const Z95 = 1.6448536269514722;

/**
 * The score that chance alone stays below in 95 of 100 samples of `n` rows: without drift PSI is about chi-square with
 * (filled cells - 1) degrees of freedom times 1/n + 1/reference rows. By Wilson and Hilferty; null without rows.
 */
export function samplingNoise(reference: Cells, n: number): number | null {
  const rows = sumOf(reference);
  if (n === 0 || rows === 0) return null;
  const freedom = reference.filter(count => count > 0).length - 1;
  if (freedom < 1) return 0;
  const spread = 2 / (9 * freedom);
  const chi95 = freedom * (1 - spread + Z95 * Math.sqrt(spread)) ** 3;
  return chi95 * (1 / n + 1 / rows);
}
