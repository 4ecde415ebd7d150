import { FeatureSegments } from '@mlops-portal/plugin-mlops-common';

export interface Scale {
  typical: number;
  /** Where a value stands, from 0 % to 100 %. */
  place(value: number): string;
}

/** One scale for the intervals of all segments with the metric of the answer; undefined where none has one. */
export function placesOf({
  segments,
  metric,
  typical,
}: FeatureSegments): Scale | undefined {
  const ends = segments.flatMap(({ metric: its, low, high }) =>
    its === metric.name && low !== null && high !== null ? [low, high] : [],
  );
  if (!ends.length || typical === null) return undefined;
  const least = Math.min(...ends, typical);
  const width = Math.max(...ends, typical) - least;
  return {
    typical,
    place: value =>
      `${(width > 0 ? ((value - least) / width) * 100 : 50).toFixed(2)}%`,
  };
}
