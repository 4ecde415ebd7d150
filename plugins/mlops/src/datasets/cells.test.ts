import { cellsOf, equalBars, histogramBars, isUneven } from './cells';

const words = { edge: String, other: 'other' };

describe('cellsOf', () => {
  it('names the cells of a histogram by their edges', () => {
    const histogram = { edges: [0, 5, 9], counts: [3, 1] };
    expect(cellsOf({ histogram }, words)).toEqual([
      { label: '0 – 5', value: 3 },
      { label: '5 – 9', value: 1 },
    ]);
  });

  it('gives frequent values and what remains', () => {
    const top = [{ value: 'ORD', count: 7 }];
    expect(cellsOf({ top, other: 2 }, words)).toEqual([
      { label: 'ORD', value: 7 },
      { label: 'other', value: 2 },
    ]);
    expect(cellsOf({}, words)).toEqual([]);
  });
});

describe('bars', () => {
  const bars = (edges: number[], counts: number[]) => {
    const histogram = { edges, counts };
    return histogramBars(histogram, cellsOf({ histogram }, words));
  };

  it('have the count as their area', () => {
    const [narrow, wide] = bars([0, 1, 5], [4, 8]);
    expect(narrow).toMatchObject({ start: 0, width: 0.2, height: 1 });
    expect(wide).toMatchObject({ start: 0.2, width: 0.8, height: 0.5 });
  });

  it('leave room for the cells between when an outer one is very wide', () => {
    const [, , , last] = bars([0, 1, 2, 3, 1000], [5, 5, 5, 5]);
    expect(last.width).toBeCloseTo(0.5 / 3.5);
    expect(last.height).toBeCloseTo(1 / 997);
    expect(last.start + last.width).toBeCloseTo(1);
  });

  it('are of equal width where a cell holds one value', () => {
    const [first, second] = bars([0, 0, 5], [4, 8]);
    expect(first).toMatchObject({ width: 0.5, height: 0.5 });
    expect(second).toMatchObject({ width: 0.5, height: 1 });
  });

  it('do not let the rest press frequent values flat', () => {
    const [frequent, rest] = equalBars(
      [
        { label: 'ORD', value: 40 },
        { label: 'other', value: 900 },
      ],
      40,
    );
    expect([frequent.height, rest.height]).toEqual([1, 1]);
  });

  it('are flat where there are no rows', () => {
    expect(equalBars([{ label: 'a', value: 0 }])[0].height).toBe(0);
    expect(bars([0, 1], [0])[0].height).toBe(0);
  });
});

describe('isUneven', () => {
  it.each([
    [[0, 1, 2], false],
    [[0, 1, 3], true],
    [[0, 0, 1], false],
  ])('of the edges %j is %s', (edges, uneven) => {
    expect(isUneven({ edges, counts: [] })).toBe(uneven);
  });
});
