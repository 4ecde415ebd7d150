import {
  ColumnComparison,
  ColumnStatistics,
  DatasetColumn,
  Health,
  psi,
  samplingNoise,
  sumOf,
} from '@mlops-portal/plugin-mlops-common';
import { CommonCells, commonCells } from './commonCells';
import { changedSchema } from './schemaChanges';
import { Profiles, SchemaColumn } from './datasetVersion';

/** Score above which two versions of a column are told apart; the limit of monitoring. */
export const LIMIT = 0.2;

/** One version's side of the comparison. */
export interface Side {
  rows: number | null;
  schema: SchemaColumn[];
  profiles: Profiles;
}

/** Columns of both, most different first: schema changes, then by score. */
export function compareColumns(before: Side, after: Side): ColumnComparison[] {
  const was = new Map(before.schema.map(column => [column.name, column]));
  return changedSchema(after.schema, before.schema)
    .map(column => compareColumn(column, was.get(column.name), before, after))
    .sort(
      (a, b) =>
        Number(b.change !== undefined) - Number(a.change !== undefined) ||
        (b.psi ?? -1) - (a.psi ?? -1),
    );
}

function compareColumn(
  column: DatasetColumn,
  was: SchemaColumn | undefined,
  before: Side,
  after: Side,
): ColumnComparison {
  const { name, change } = column;
  const old = was && before.profiles[name];
  const now = change === 'removed' ? undefined : after.profiles[name];
  const both = <T>(
    of: (profile: ColumnStatistics) => T,
  ): [T | null, T | null] => [old ? of(old) : null, now ? of(now) : null];
  return {
    name,
    types: [was?.type ?? null, change === 'removed' ? null : column.type],
    change,
    nulls: [shareOf(old, before.rows), shareOf(now, after.rows)],
    distinct: both(profile => profile.distinct),
    min: both(profile => profile.min),
    max: both(profile => profile.max),
    mean: both(profile => profile.mean),
    ...(column.role === 'time' ? none('time') : scored(old, now)),
  };
}

function shareOf(
  profile: ColumnStatistics | undefined,
  rows: number | null,
): number | null {
  if (!profile || profile.nulls === null || !rows) return null;
  return Math.min(1, profile.nulls / rows);
}

type Score = Pick<
  ColumnComparison,
  'psi' | 'noise' | 'verdict' | 'why' | 'cells'
>;

function none(why: string): Score {
  return { psi: null, noise: null, verdict: 'unknown', why };
}

function scored(
  old: ColumnStatistics | undefined,
  now: ColumnStatistics | undefined,
): Score {
  if (!told(old) || !told(now)) return none('no-profile');
  const cells = commonCells(old, now);
  if (!cells) return none('other-type');
  const score = psi(cells.before, cells.after);
  if (score === null) return none('no-rows');
  const noise = samplingNoise(cells.before, sumOf(cells.after));
  return {
    psi: score,
    noise,
    verdict: verdictOf(score, noise ?? 0),
    cells: sharesOf(cells),
  };
}

function told(
  profile: ColumnStatistics | undefined,
): profile is ColumnStatistics {
  return Boolean(profile?.histogram || profile?.top);
}

function verdictOf(score: number, noise: number): Health {
  if (score <= noise) return 'well';
  return score < LIMIT ? 'above-noise' : 'drift';
}

function sharesOf(cells: CommonCells): ColumnComparison['cells'] {
  const shares = (counts: number[]) => {
    const n = sumOf(counts);
    return counts.map(count => count / n);
  };
  return {
    ...cells,
    before: shares(cells.before),
    after: shares(cells.after),
  };
}
