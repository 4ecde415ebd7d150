import { FeatureScores, Score } from '@mlops-portal/plugin-mlops-common';
import { isOver, moveCell, newestOf, ranked, stepOf } from './heat';

const score = (over: Partial<Score>): Score => ({
  window: '2001-05-07',
  health: 'well',
  score: 0.05,
  noiseFloor: 0.02,
  n: 5000,
  missing: 0,
  ...over,
});

describe('stepOf', () => {
  it.each([
    [{ score: 0.02 }, 0],
    [{ score: 0.05 }, 1],
    [{ score: 0.1 }, 2],
    [{ score: 0.2 }, 2],
    [{ score: 0.21 }, 3],
    [{ score: 0.3 }, 4],
    [{ score: 0.4, noiseFloor: 0.5 }, 0],
    [{ n: 0, score: null }, 'none'],
    [{ health: 'no-data' as const }, 'none'],
    [{ health: 'not-enough-data' as const, score: 0.4 }, 'few'],
    [{ score: null }, 'few'],
  ])('reads %o as %s', (over, step) => {
    expect(stepOf(score(over), 0.2)).toBe(step);
  });

  it('has no data where the window is missing', () => {
    expect(stepOf(undefined, 0.2)).toBe('none');
  });
});

describe('isOver', () => {
  it('marks only the two steps over the limit', () => {
    expect([0, 1, 2, 3, 4, 'few', 'none'].filter(s => isOver(s as 0))).toEqual([
      3, 4,
    ]);
  });
});

describe('moveCell', () => {
  const size = { rows: 3, columns: 4 };
  it.each([
    [{ row: 1, column: 1 }, { key: 'ArrowUp' }, { row: 0, column: 1 }],
    [{ row: 0, column: 1 }, { key: 'ArrowUp' }, { row: 0, column: 1 }],
    [{ row: 2, column: 1 }, { key: 'ArrowDown' }, { row: 2, column: 1 }],
    [{ row: 0, column: 3 }, { key: 'ArrowRight' }, { row: 0, column: 3 }],
    [{ row: 0, column: 1 }, { key: 'ArrowLeft' }, { row: 0, column: 0 }],
    [{ row: 1, column: 2 }, { key: 'Home' }, { row: 1, column: 0 }],
    [{ row: 1, column: 2 }, { key: 'End' }, { row: 1, column: 3 }],
    [
      { row: 1, column: 2 },
      { key: 'End', ctrlKey: true },
      { row: 2, column: 3 },
    ],
    [
      { row: 1, column: 2 },
      { key: 'Home', ctrlKey: true },
      { row: 0, column: 0 },
    ],
  ])('leads from %o with %o to %o', (at, key, to) => {
    expect(moveCell(at, key, size)).toEqual(to);
  });

  it('leaves other keys alone', () => {
    expect(moveCell({ row: 0, column: 0 }, { key: 'a' }, size)).toBeUndefined();
  });
});

const feature = (over: Partial<FeatureScores>): FeatureScores => ({
  feature: 'hour',
  kind: 'number',
  role: 'feature',
  importance: 0.1,
  impact: null,
  health: 'well',
  over: 0,
  scores: [],
  ...over,
});

describe('newestOf', () => {
  it('passes over windows that are still open', () => {
    const scores = [
      score({ window: 'a' }),
      score({ window: 'b', open: true, score: 0.9 }),
    ];
    expect(newestOf(feature({ scores }))?.window).toBe('a');
  });

  it.each<[string, Partial<Score>]>([
    ['too few rows', { health: 'not-enough-data' }],
    ['no score', { score: null }],
  ])('passes over a window with %s', (_, lack) => {
    const scores = [score({ window: 'a' }), score({ window: 'b', ...lack })];
    expect(newestOf(feature({ scores }))?.window).toBe('a');
  });

  it('is nothing before the first verdict', () => {
    const scores = [score({ open: true, n: 900 })];
    expect(newestOf(feature({ scores }))).toBeUndefined();
  });
});

describe('ranked', () => {
  it('puts the highest impact first and the prediction last', () => {
    const names = ranked([
      feature({ feature: 'p', role: 'prediction', impact: 9 }),
      feature({ feature: 'a', importance: 0.3 }),
      feature({ feature: 'b', impact: 0.1 }),
      feature({ feature: 'c', impact: 0.4 }),
    ]).map(f => f.feature);
    expect(names).toEqual(['c', 'b', 'a', 'p']);
  });
});
