import { isDeepStrictEqual } from 'node:util';
import {
  Comparison,
  directionOf,
  VersionDetail,
} from '@mlops-portal/plugin-mlops-common';

/** Versions side by side: what differs most comes first, what is the same last. */
export function compare(versions: VersionDetail[]): Comparison {
  return {
    versions,
    metrics: metrics(versions),
    parameters: parameters(versions),
    sameTestWindow: same(versions.map(({ test }) => test)),
    sameCommit: same(versions.map(({ commit }) => commit)),
    sameData: same(versions.map(({ dataVersion }) => dataVersion)),
  };
}

function metrics(versions: VersionDetail[]): Comparison['metrics'] {
  return namesOf(versions.map(version => version.metrics))
    .map(name => {
      const direction = directionOf(name);
      const values = versions.map(({ metrics: m }) => m[name] ?? null);
      return { name, direction, values, better: betterOf(values, direction) };
    })
    .sort(
      (a, b) => spread(b.values) - spread(a.values) || order(a.name, b.name),
    );
}

function parameters(versions: VersionDetail[]): Comparison['parameters'] {
  return namesOf(versions.map(version => version.parameters))
    .map(name => {
      const values = versions.map(({ parameters: p }) => p[name] ?? null);
      return { name, values, differs: !same(values) };
    })
    .sort(
      (a, b) => Number(b.differs) - Number(a.differs) || order(a.name, b.name),
    );
}

/** Index of the best value; null where values are missing or the best is shared. */
function betterOf(
  values: Array<number | null>,
  direction: 'maximize' | 'minimize',
): number | null {
  const known = values.filter(value => value !== null);
  if (known.length < 2) return null;
  const best =
    direction === 'maximize' ? Math.max(...known) : Math.min(...known);
  const holders = values.flatMap((value, i) => (value === best ? [i] : []));
  return holders.length === 1 ? holders[0] : null;
}

/** Largest difference relative to the size of the values: metrics of different units can be put in one order. */
function spread(values: Array<number | null>): number {
  const known = values.filter(value => value !== null);
  if (known.length < 2) return 0;
  const size = Math.max(...known.map(Math.abs)) || 1;
  return (Math.max(...known) - Math.min(...known)) / size;
}

/** Two unknowns are not known to be the same. */
function same(values: unknown[]): boolean {
  return values.every(
    value => value !== undefined && isDeepStrictEqual(value, values[0]),
  );
}

function namesOf(records: Array<Record<string, unknown>>): string[] {
  return [...new Set(records.flatMap(record => Object.keys(record)))];
}

function order(a: string, b: string): number {
  return a < b ? -1 : 1;
}
