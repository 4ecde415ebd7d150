import { roundGrid } from './histograms';

describe('roundGrid', () => {
  it('covers all values where there are no outliers', () => {
    expect(roundGrid([3, 96], { low: 0, high: 99.5, class: 'float' })).toEqual({
      start: 0,
      step: 5,
      cells: 20,
    });
  });

  it('covers nearly all values where outliers would press them into one cell', () => {
    expect(
      roundGrid([-23, 151], { low: -1116, high: 1688, class: 'int' }),
    ).toEqual({ start: -30, step: 10, cells: 19 });
  });

  it('gives each whole number a cell of its own rather than half a one', () => {
    expect(roundGrid([0, 6], { low: 0, high: 6, class: 'int' })).toEqual({
      start: 0,
      step: 1,
      cells: 7,
    });
  });

  it('looks at the whole range where nearly all values are the same', () => {
    expect(roundGrid([0, 0], { low: 0, high: 1, class: 'float' })).toEqual({
      start: 0,
      step: 0.05,
      cells: 21,
    });
  });
});
