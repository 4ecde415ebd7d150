type Point = [number, number];

export interface Place {
  /** Shares of the axes. */
  x: number;
  y: number;
  anchor: 'start' | 'end';
}

/** Beside the diagonal, from the usual place on: under it, over it, further up. */
const PLACES: Place[] = [
  { x: 0.6, y: 0.46, anchor: 'start' },
  { x: 0.58, y: 0.68, anchor: 'end' },
  { x: 0.84, y: 0.7, anchor: 'start' },
  { x: 0.26, y: 0.36, anchor: 'end' },
];
/** A word of seven letters, and what it keeps free around it, as shares of the plot. */
const WORD = { width: 0.17, height: 0.05 };
const FREE = 0.03;
const STEPS = 10;

/** Where the name of the diagonal stands in no line's way; the freest place where all are taken. */
export function guidePlace(lines: Point[][], max: number): Place {
  const points = lines.flatMap(line => along(line, max));
  const free = PLACES.map(place =>
    Math.min(1, ...points.map(point => distance(point, place))),
  );
  const first = free.findIndex(each => each >= FREE);
  return PLACES[first < 0 ? free.indexOf(Math.max(...free)) : first];
}

/** Points close together along a line, as shares. */
function along(line: Point[], max: number): Point[] {
  return line.flatMap(([x, y], i) => {
    const [u, v] = line[i + 1] ?? [x, y];
    return Array.from({ length: STEPS }, (_, step): Point => {
      const part = step / STEPS;
      return [(x + (u - x) * part) / max, (y + (v - y) * part) / max];
    });
  });
}

function distance([x, y]: Point, { x: at, y: base, anchor }: Place): number {
  const left = anchor === 'start' ? at : at - WORD.width;
  const aside = Math.max(left - x, 0, x - left - WORD.width);
  const over = Math.max(base - y, 0, y - base - WORD.height);
  return Math.hypot(aside, over);
}
