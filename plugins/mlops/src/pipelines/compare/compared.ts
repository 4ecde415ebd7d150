import {
  Direction,
  directionOf,
  RunDetail,
  VersionDetail,
} from '@mlops-portal/plugin-mlops-common';
import { secondsOf } from '../duration';

/** More do not fit side by side. */
export const MOST_RUNS = 5;

/** A run with the version it made, whose card holds metrics and windows. */
export interface Compared {
  run: RunDetail;
  version?: VersionDetail;
}

export interface ComparedMetric {
  name: string;
  direction: Direction;
  values: Array<number | undefined>;
}

/** Every metric that a run is known by; the one of the problem first. */
export function metricsOf(all: Compared[]): ComparedMetric[] {
  const each = all.map(
    ({ run, version }): Record<string, number> => ({
      ...(run.metric && { [run.metric.name]: run.metric.value }),
      ...version?.metrics,
    }),
  );
  const first = all.find(({ run }) => run.metric)?.run.metric?.name;
  return namesOf(each)
    .sort((a, b) => Number(b === first) - Number(a === first))
    .map(name => ({
      name,
      direction: directionOf(name),
      values: each.map(metrics => metrics[name]),
    }));
}

/** Index of the best value; null where it is shared, undefined where fewer than two are known. */
export function betterOf({
  direction,
  values,
}: ComparedMetric): number | null | undefined {
  const known = values.filter(value => value !== undefined);
  if (known.length < 2) return undefined;
  const best =
    direction === 'maximize' ? Math.max(...known) : Math.min(...known);
  const holders = values.flatMap((value, i) => (value === best ? [i] : []));
  return holders.length === 1 ? holders[0] : null;
}

/** True where all were evaluated on one window: only then the better figure is the better run. */
export function onSameRows(all: Compared[]): boolean {
  const windows = all.map(({ version }) => version?.test);
  return windows.every(
    window =>
      window?.from &&
      window.from === windows[0]?.from &&
      window.to === windows[0]?.to,
  );
}

/** Parameters that tuning chose: those of the best trial, else of the version. */
export function chosenOf({ run, version }: Compared): Record<string, unknown> {
  return (
    run.trials.find(({ best }) => best)?.parameters ?? version?.parameters ?? {}
  );
}

export interface ComparedParameter {
  name: string;
  values: unknown[];
  differs: boolean;
}

/** Parameters by name, those that differ first; undefined where one does not have it. */
export function parametersOf(
  each: Array<Record<string, unknown>>,
): ComparedParameter[] {
  return namesOf(each)
    .map(name => {
      const values = each.map(parameters => parameters[name]);
      return { name, values, differs: new Set(values.map(write)).size > 1 };
    })
    .sort((a, b) => Number(b.differs) - Number(a.differs));
}

export interface ComparedStep {
  name: string;
  /** Undefined where the run has no such step or it did not start. */
  seconds: Array<number | undefined>;
  cached: boolean[];
  differs: boolean;
}

/** Shares and seconds that one run after the other differs by anyway. */
const LIKELY_SHARE = 0.25;
const LIKELY_SECONDS = 2;

/** How long each step took; steps of one name together, as trials are. */
export function stepsOf(all: Compared[]): ComparedStep[] {
  const names = [
    ...new Set(all.flatMap(({ run }) => run.steps.map(s => s.name))),
  ];
  return names.map(name => {
    const each = all.map(({ run }) => run.steps.filter(s => s.name === name));
    const seconds = each.map(steps => {
      const known = steps.map(s => secondsOf(s)).filter(s => s !== undefined);
      return known.length ? known.reduce((a, b) => a + b) : undefined;
    });
    const cached = each.map(
      steps => steps.length > 0 && steps.every(step => step.cached),
    );
    return { name, seconds, cached, differs: differ(seconds) };
  });
}

function differ(seconds: Array<number | undefined>): boolean {
  const known = seconds.filter(value => value !== undefined);
  if (known.length < seconds.length) return known.length > 0;
  const [least, most] = [Math.min(...known), Math.max(...known)];
  return most - least > Math.max(LIKELY_SECONDS, most * LIKELY_SHARE);
}

function namesOf(each: Array<Record<string, unknown>>): string[] {
  return [...new Set(each.flatMap(one => Object.keys(one)))];
}

function write(value: unknown): string {
  return JSON.stringify(value) ?? '';
}
