/**
 * Area under the ROC curve of scores counted in rising bins, ties as one half, with its standard deviation by DeLong.
 * Undefined unless both outcomes occur.
 */
export function aucOf(
  zero: number[],
  one: number[],
): { value: number; deviation: number } | undefined {
  const zeros = zero.reduce((sum, count) => sum + count, 0);
  const ones = one.reduce((sum, count) => sum + count, 0);
  if (zeros === 0 || ones === 0) return undefined;
  let below = 0;
  let onesBelow = 0;
  const moments = { one: [0, 0], zero: [0, 0] };
  for (let bin = 0; bin < zero.length; bin++) {
    // Share of the zeros that a one of this bin beats, and of the ones that beat a zero of this bin.
    const beats = (below + zero[bin] / 2) / zeros;
    const beaten = (ones - onesBelow - one[bin] / 2) / ones;
    moments.one[0] += one[bin] * beats;
    moments.one[1] += one[bin] * beats ** 2;
    moments.zero[0] += zero[bin] * beaten;
    moments.zero[1] += zero[bin] * beaten ** 2;
    below += zero[bin];
    onesBelow += one[bin];
  }
  const value = moments.one[0] / ones;
  const variance =
    (moments.one[1] / ones - value ** 2) / ones +
    (moments.zero[1] / zeros - value ** 2) / zeros;
  return { value, deviation: Math.sqrt(Math.max(0, variance)) };
}

/** Average precision of scores counted in rising bins; null unless the outcome 1 occurs. */
export function averagePrecisionOf(
  zero: number[],
  one: number[],
): number | null {
  const ones = one.reduce((sum, count) => sum + count, 0);
  if (ones === 0) return null;
  let hits = 0;
  let taken = 0;
  let sum = 0;
  for (let bin = zero.length - 1; bin >= 0; bin--) {
    hits += one[bin];
    taken += one[bin] + zero[bin];
    if (one[bin]) sum += (one[bin] / ones) * (hits / taken);
  }
  return sum;
}
