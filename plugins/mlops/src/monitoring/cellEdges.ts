/** Numbers of the frozen cells, as they are named by the hub: "<= -9", "-9 - -6", "> 15". */
const FIRST = /^<= (\S+)$/;
const INNER = /^(\S+) - (\S+)$/;
const LAST = /^> (\S+)$/;

/**
 * For cells of numbers in their order: the short word of the bound that each begins after, nothing for the first. Undefined where
 * one of them is no cell of numbers. `write` gives a number with so many significant digits.
 */
export function edgesOf(
  labels: string[],
  write: (value: number, digits: number) => string,
): string[] | undefined {
  const bounds = labels.map(boundOf);
  if (bounds.includes(undefined)) return undefined;
  const inner = (bounds as number[]).slice(FIRST.test(labels[0]) ? 1 : 0);
  const begins = labels.length - inner.length;
  for (const digits of [2, 3, 4, 6]) {
    const words = inner.map(value => write(value, digits));
    // Two bounds must not look alike only because they were rounded.
    if (new Set(words).size === words.length || digits === 6)
      return [...Array<string>(begins).fill(''), ...words];
  }
  return undefined;
}

function boundOf(label: string): number | undefined {
  const found = FIRST.exec(label) ?? INNER.exec(label) ?? LAST.exec(label);
  const value = found ? Number(found[1]) : NaN;
  return Number.isFinite(value) ? value : undefined;
}
