/** Numbers of the frozen cells, as they are named by the hub: "<= -9", "-9 - -6", "> 15". */
const FIRST = /^<= (\S+)$/;
const INNER = /^(\S+) - (\S+)$/;
const LAST = /^> (\S+)$/;

/**
 * Short words for cells that stand side by side: the first and the last by their bound, those between by the number they begin
 * after. Undefined where one of them is no cell of numbers. `write` gives a number with so many significant digits.
 */
export function edgesOf(
  labels: string[],
  write: (value: number, digits: number) => string,
): string[] | undefined {
  for (const digits of [2, 3, 4, 6]) {
    const words = labels.map(label => wordOf(label, x => write(x, digits)));
    if (words.includes(undefined)) return undefined;
    // Two cells must not look alike only because their bounds were rounded.
    if (new Set(words).size === labels.length || digits === 6)
      return words as string[];
  }
  return undefined;
}

function wordOf(
  label: string,
  write: (value: number) => string,
): string | undefined {
  const parts = [
    { found: FIRST.exec(label), sign: '≤ ' },
    { found: LAST.exec(label), sign: '> ' },
    { found: INNER.exec(label), sign: '' },
  ];
  for (const { found, sign } of parts) {
    const value = found ? Number(found[1]) : NaN;
    if (Number.isFinite(value)) return sign + write(value);
  }
  return undefined;
}
