import { guidePlace } from './guidePlace';

type Line = Array<[number, number]>;
const usual = { x: 0.6, y: 0.46, anchor: 'start' };

describe('guidePlace', () => {
  it('keeps the usual place under the diagonal where no line is near', () => {
    const over: Line = [
      [0, 0],
      [0.2, 0.6],
      [1, 1],
    ];
    expect(guidePlace([], 1)).toEqual(usual);
    expect(guidePlace([over], 1)).toEqual(usual);
  });

  it('goes over the diagonal where a line runs under it', () => {
    const under: Line = [
      [0.05, 0.03],
      [0.4, 0.3],
      [0.8, 0.6],
    ];
    const place = guidePlace([under], 1);
    expect(place.y).toBeGreaterThan(place.x);
  });

  it('counts in shares of the axes, and between the points of a line', () => {
    const crossing: Line = [
      [0.2, 0.1],
      [0.6, 0.5],
    ];
    expect(guidePlace([crossing], 0.6)).not.toEqual(usual);
  });

  it('takes the freest place where lines are everywhere', () => {
    const rows = Array.from(
      { length: 30 },
      (_, i): Line => [
        [0, i / 30],
        [1, i / 30],
      ],
    );
    expect(guidePlace(rows, 1)).toHaveProperty('anchor');
  });
});
