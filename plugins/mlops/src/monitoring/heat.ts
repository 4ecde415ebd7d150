import { FeatureScores, Score } from '@mlops-portal/plugin-mlops-common';

/** Step of a cell of the heat map: five by score, and two that have none. */
export type HeatStep = 0 | 1 | 2 | 3 | 4 | 'few' | 'none';

/** From this many times the limit on, the last step. */
const HIGH = 1.5;

/** Bounds of the steps: half of the limit, the limit, one and a half. */
export function boundsOf(limit: number) {
  // 0.2 x 1.5 must be 0.3, not 0.30000000000000004.
  const exact = (value: number) => Number(value.toPrecision(6));
  return { half: exact(limit / 2), limit, high: exact(limit * HIGH) };
}

/** Step of one score. Under its own noise floor a score is step 0, however high: it says nothing. */
export function stepOf(score: Score | undefined, limit: number): HeatStep {
  if (!score || score.n === 0 || score.health === 'no-data') return 'none';
  // An open window is not judged yet, but shows where it stands.
  const few = score.health === 'not-enough-data' && !score.open;
  if (score.score === null || few) return 'few';
  const { half, high } = boundsOf(limit);
  if (score.score <= (score.noiseFloor ?? 0)) return 0;
  if (score.score >= high) return 4;
  if (score.score > limit) return 3;
  return score.score < half ? 1 : 2;
}

export function isOver(step: HeatStep): boolean {
  return step === 3 || step === 4;
}

export interface Cell {
  row: number;
  column: number;
}

/** Where a key leads in a grid of `rows` x `columns`; undefined for keys that do not move. Ctrl with Home and End go to the corners. */
export function moveCell(
  at: Cell,
  event: { key: string; ctrlKey?: boolean },
  size: { rows: number; columns: number },
): Cell | undefined {
  const row = (to: number) => ({
    ...at,
    row: Math.min(size.rows - 1, Math.max(0, to)),
  });
  const column = (to: number) => ({
    ...at,
    column: Math.min(size.columns - 1, Math.max(0, to)),
  });
  switch (event.key) {
    case 'ArrowUp':
      return row(at.row - 1);
    case 'ArrowDown':
      return row(at.row + 1);
    case 'ArrowLeft':
      return column(at.column - 1);
    case 'ArrowRight':
      return column(at.column + 1);
    case 'Home':
      return event.ctrlKey ? { row: 0, column: 0 } : column(0);
    case 'End':
      return event.ctrlKey
        ? { row: size.rows - 1, column: size.columns - 1 }
        : column(size.columns - 1);
    default:
      return undefined;
  }
}

/** Newest window with a verdict: closed, with enough rows. An open window is none: its score says nothing yet. */
export function newestOf(feature: FeatureScores): Score | undefined {
  return [...feature.scores]
    .reverse()
    .find(
      s =>
        !s.open &&
        s.score !== null &&
        s.health !== 'no-data' &&
        s.health !== 'not-enough-data',
    );
}

/** Features by impact, highest first; without one by importance; the prediction last. */
export function ranked(features: FeatureScores[]): FeatureScores[] {
  return [...features].sort(
    (a, b) =>
      Number(a.role === 'prediction') - Number(b.role === 'prediction') ||
      (b.impact ?? -1) - (a.impact ?? -1) ||
      b.importance - a.importance,
  );
}
