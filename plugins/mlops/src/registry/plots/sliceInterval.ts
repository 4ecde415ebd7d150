/** Half the width of an interval of about 95 %, and the numbers it rests on. */
const Z = 1.96;

/**
 * Half width of the interval around the metric of a slice of n rows; undefined where the metric has no formula that needs
 * nothing but n (and for an AUC the share of positive rows, 0..1, by Hanley and McNeil).
 */
export function sliceInterval(
  metric: string,
  value: number,
  n: number,
  positiveShare?: number,
): number | undefined {
  if (n < 2) return undefined;
  if (metric === 'accuracy') return Z * Math.sqrt((value * (1 - value)) / n);
  if (metric !== 'roc_auc' || positiveShare === undefined) return undefined;
  const positives = n * positiveShare;
  const negatives = n - positives;
  if (positives < 1 || negatives < 1) return undefined;
  const q1 = value / (2 - value);
  const q2 = (2 * value * value) / (1 + value);
  const variance =
    (value * (1 - value) +
      (positives - 1) * (q1 - value * value) +
      (negatives - 1) * (q2 - value * value)) /
    (positives * negatives);
  return Z * Math.sqrt(Math.max(0, variance));
}

/** Share of the rows of the second class, by the confusion of two classes (rows: what it was). */
export function positiveShareOf(confusion?: {
  matrix: number[][];
}): number | undefined {
  if (confusion?.matrix.length !== 2) return undefined;
  const [none, some] = confusion.matrix.map(row =>
    row.reduce((a, b) => a + b, 0),
  );
  return none + some > 0 ? some / (none + some) : undefined;
}
