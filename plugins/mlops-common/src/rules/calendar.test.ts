import { movesWithCalendar, usualDays } from './calendar';
import { ReferenceFeature } from './profile';
import { addDays } from './windows';

/** A reference of `days` days from a Monday; `cellsOf` gives the filled cells of a day. */
function reference(
  days: number,
  cellsOf: (at: number) => number[] | undefined,
): ReferenceFeature {
  const entries = Array.from({ length: days }, (_, at) => [
    addDays('2001-01-01', at),
    cellsOf(at),
  ]).filter(([, cells]) => cells !== undefined);
  return {
    kind: 'number',
    edges: [1, 2, 3, 4, 5, 6],
    range: [0, 6],
    importance: 1,
    days: Object.fromEntries(entries),
  };
}
const weekday = (at: number) =>
  Array.from({ length: 10 }, (_, cell) => (cell === at % 7 ? 700 : 0));
const even = () => [100, 100, 100, 100, 100, 100, 100, 0, 0, 0];

describe('movesWithCalendar', () => {
  it.each([
    ['the day of the week', reference(21, weekday), true],
    ['a feature that is the same each day', reference(21, even), false],
    [
      'a feature with a few loud days',
      reference(21, at => (at < 3 ? weekday(at) : even())),
      false,
    ],
    ['a reference of few days', reference(5, weekday), false],
  ])('knows %s', (_, feature, expected) => {
    expect(movesWithCalendar(feature, 0.2)).toBe(expected);
  });
});

describe('usualDays', () => {
  it.each([
    ['every day', reference(21, even), 7],
    [
      'closed at the weekend',
      reference(21, at => (at % 7 < 5 ? even() : undefined)),
      5,
    ],
    ['no whole week', reference(4, even), 7],
  ])('counts the days of a whole week: %s', (_, feature, expected) => {
    expect(usualDays(feature, 'week')).toBe(expected);
  });

  it('is one for windows of a day', () => {
    expect(usualDays(reference(3, even), 'day')).toBe(1);
  });
});
