import { ColumnStatistics } from '@mlops-portal/plugin-mlops-common';
import { commonCells, spread } from './commonCells';
import { compareColumns, Side } from './compare';
import { changedSchema, countChanges } from './schemaChanges';

const told = (changes: Partial<ColumnStatistics>): ColumnStatistics => ({
  nulls: 0,
  distinct: null,
  min: null,
  max: null,
  mean: null,
  approximate: false,
  ...changes,
});
const numbers = (edges: number[], counts: number[], nulls = 0) =>
  told({ histogram: { edges, counts }, nulls });
const words = (counts: Record<string, number>, other = 0) =>
  told({
    top: Object.entries(counts).map(([value, count]) => ({ value, count })),
    other,
  });
const side = (profiles: Side['profiles'], type = 'int'): Side => ({
  rows: 100,
  schema: Object.keys(profiles).map(name => ({ name, type })),
  profiles,
});

describe('spread', () => {
  it('splits a cell by how much of it lies in another one', () => {
    const into = spread({ edges: [0, 10, 20], counts: [10, 20] }, [0, 5, 15]);
    expect(into).toEqual([0, 5, 5 + 10, 10]);
  });

  it('keeps what lies outside of the edges in the outer cells', () => {
    expect(spread({ edges: [-4, 0, 4], counts: [3, 5] }, [0, 4])).toEqual([
      3, 5, 0,
    ]);
  });

  it('puts a cell without width where its value is', () => {
    const point = { edges: [5, 5], counts: [7] };
    expect(spread(point, [0, 5, 10])).toEqual([0, 0, 7, 0]);
    expect(spread(point, [0, 5])).toEqual([0, 7, 0]);
    expect(spread(point, [6, 7])).toEqual([7, 0, 0]);
  });
});

describe('commonCells', () => {
  it('counts as told where the edges agree, missing values last', () => {
    expect(
      commonCells(numbers([0, 1, 2], [4, 6], 1), numbers([0, 1, 2], [5, 5])),
    ).toEqual({
      labels: ['0 - 1', '1 - 2', 'missing'],
      before: [4, 6, 1],
      after: [5, 5, 0],
      estimated: false,
    });
  });

  it('says that other edges make it an estimate', () => {
    const cells = commonCells(numbers([0, 2], [4]), numbers([0, 1, 4], [2, 6]));
    expect(cells).toEqual({
      labels: ['< 0', '0 - 2', '> 2', 'missing'],
      before: [0, 4, 0, 0],
      after: [0, 2 + 2, 4, 0],
      estimated: true,
    });
  });

  it('holds values against each other that both sides counted', () => {
    const cells = commonCells(
      words({ a: 5, b: 3 }, 2),
      words({ a: 4, c: 6 }, 1),
    );
    expect(cells).toMatchObject({
      labels: ['a', 'other', 'missing'],
      before: [5, 5, 0],
      after: [4, 7, 0],
    });
  });

  it('knows that a value is absent where the list is whole', () => {
    const cells = commonCells(words({ a: 5 }), words({ a: 4, c: 6 }));
    expect(cells).toMatchObject({
      labels: ['a', 'c', 'other', 'missing'],
      before: [5, 0, 0, 0],
      after: [4, 6, 0, 0],
    });
  });

  it('has none for a number and a text', () => {
    expect(commonCells(numbers([0, 1], [1]), words({ a: 1 }))).toBe(undefined);
  });
});

describe('compareColumns', () => {
  it('puts what changed first, then the highest score, with a verdict against noise and limit', () => {
    const before = side({
      gone: told({}),
      same: numbers([0, 1, 2], [500, 500]),
      moved: numbers([0, 1, 2], [900, 100], 10),
    });
    const after = side({
      same: numbers([0, 1, 2], [505, 495]),
      moved: numbers([0, 1, 2], [100, 900], 30),
      fresh: numbers([0, 1], [1]),
    });
    const columns = compareColumns(before, after);
    expect(columns.map(({ name, change }) => [name, change])).toEqual([
      ['fresh', 'added'],
      ['gone', 'removed'],
      ['moved', undefined],
      ['same', undefined],
    ]);
    const [, gone, moved, same] = columns;
    expect(gone).toMatchObject({
      types: ['int', null],
      psi: null,
      verdict: 'unknown',
      why: 'no-profile',
    });
    expect(moved).toMatchObject({ nulls: [0.1, 0.3], verdict: 'drift' });
    expect(moved.psi).toBeGreaterThan(3);
    expect(moved.cells?.before.reduce((sum, share) => sum + share)).toBeCloseTo(
      1,
    );
    expect(same.verdict).toBe('well');
    expect(same.psi!).toBeLessThan(same.noise!);
  });

  it('says why there is no score', () => {
    const why = (was: ColumnStatistics, is: ColumnStatistics) =>
      compareColumns(side({ a: was }), side({ a: is }))[0].why;
    expect(why(told({}), words({ a: 1 }))).toBe('no-profile');
    expect(why(numbers([0, 1], [1]), words({ a: 1 }))).toBe('other-type');
    expect(why(words({ a: 0 }), words({ a: 1 }))).toBe('no-rows');
  });

  it('gives time no score: every later window has moved', () => {
    const at = (edges: number[]): Side => ({
      ...side({ day: numbers(edges, [5]) }),
      schema: [{ name: 'day', type: 'date', role: 'time' }],
    });
    expect(compareColumns(at([0, 1]), at([1, 2]))[0]).toMatchObject({
      psi: null,
      why: 'time',
    });
  });
});

describe('changedSchema', () => {
  const before = [
    { name: 'a', type: 'int', role: 'feature' as const },
    { name: 'b', type: 'int' },
    { name: 'c', type: '' },
  ];

  it('tells added, removed, and changes of type and role', () => {
    const now = [
      { name: 'a', type: 'int', role: 'excluded' as const },
      { name: 'b', type: 'double' },
      { name: 'd', type: 'str' },
    ];
    expect(changedSchema(now, before)).toMatchObject([
      { name: 'a', change: 'role', before: 'feature' },
      { name: 'b', change: 'type', before: 'int' },
      { name: 'd', change: 'added' },
      { name: 'c', change: 'removed' },
    ]);
    expect(countChanges(now, before)).toBe(4);
  });

  it('takes what one side did not tell for no change', () => {
    const now = [
      { name: 'a', type: '' },
      { name: 'b', type: 'int' },
      { name: 'c', type: 'str' },
    ];
    expect(countChanges(now, before)).toBe(0);
  });

  it('tells nothing of a first version', () => {
    expect(countChanges(before, undefined)).toBe(null);
    expect(changedSchema(before, undefined)[0].change).toBe(undefined);
  });
});
