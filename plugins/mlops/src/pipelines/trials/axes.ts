import { Trial } from '@mlops-portal/plugin-mlops-common';

export interface Axis {
  name: string;
  /** Words of the axis from bottom to top where it is not numeric. */
  categories?: string[];
  low: number;
  high: number;
}
/** Kept range of an axis as heights 0 (bottom) to 1 (top). */
export type Ranges = Record<string, [number, number]>;

/** Name of the axis of the metric: cannot be a parameter's name. */
export const METRIC_AXIS = '\u0000metric';

function raw(trial: Trial, axis: string): unknown {
  return axis === METRIC_AXIS ? trial.value : trial.parameters[axis];
}

/** One axis for each parameter that varies, the metric last. */
export function axesOf(trials: Trial[]): Axis[] {
  const names = [...new Set(trials.flatMap(t => Object.keys(t.parameters)))];
  const axes = [...names, METRIC_AXIS].map(name => {
    const values = trials
      .map(t => raw(t, name))
      .filter(v => v !== undefined && v !== null);
    if (values.every(v => typeof v === 'number')) {
      const numbers = values as number[];
      return { name, low: Math.min(...numbers), high: Math.max(...numbers) };
    }
    const categories = [...new Set(values.map(String))].sort();
    return { name, categories, low: 0, high: categories.length - 1 };
  });
  return axes.filter(axis => axis.name === METRIC_AXIS || axis.high > axis.low);
}

/** Height of a trial on an axis, 0 to 1; undefined where it has no value (a failed trial on the metric). */
export function heightOf(trial: Trial, axis: Axis): number | undefined {
  const value = raw(trial, axis.name);
  if (value === undefined || value === null) return undefined;
  const at = axis.categories
    ? axis.categories.indexOf(String(value))
    : (value as number);
  return axis.high === axis.low
    ? 0.5
    : (at - axis.low) / (axis.high - axis.low);
}

export function isKept(trial: Trial, axes: Axis[], ranges: Ranges): boolean {
  return axes.every(axis => {
    const range = ranges[axis.name];
    if (!range) return true;
    const height = heightOf(trial, axis);
    return height !== undefined && height >= range[0] && height <= range[1];
  });
}
