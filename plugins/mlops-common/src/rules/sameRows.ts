import { Direction, directionOf } from '../vocabulary/states';

/** A metric of two versions on the same rows: the version in production first, then the one that was evaluated. */
export interface SameRowsMetric {
  name: string;
  direction: Direction;
  values: [number, number];
  /** 0 or 1 for the better of the two, null where they are equal. */
  better: 0 | 1 | null;
}

/**
 * What an evaluation found for a version and, on the very same rows, for the version then in production: the fair
 * comparison of the two. The metric of the problem comes first; a metric that only one of them has is left out.
 */
export function sameRowsMetrics(version: {
  metrics: Record<string, number>;
  champion: Record<string, number>;
  primary?: { name: string };
}): SameRowsMetric[] {
  const first = version.primary?.name;
  return Object.keys(version.metrics)
    .filter(name => version.champion[name] !== undefined)
    .sort((a, b) => Number(b === first) - Number(a === first))
    .map(name => {
      const direction = directionOf(name);
      const values: [number, number] = [
        version.champion[name],
        version.metrics[name],
      ];
      const gain =
        (values[1] - values[0]) * (direction === 'maximize' ? 1 : -1);
      const better = gain > 0 ? 1 : 0;
      return { name, direction, values, better: gain === 0 ? null : better };
    });
}
