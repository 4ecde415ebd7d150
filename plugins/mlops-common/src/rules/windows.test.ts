import { ReferenceFeature } from './profile';
import {
  addDays,
  cellsByWindow,
  clockOf,
  isComplete,
  naturalVariation,
  ownScores,
  quietWindow,
  windowOf,
  windowsBetween,
  mainStretch,
} from './windows';

const feature = (days: Record<string, [number, number]>): ReferenceFeature => ({
  kind: 'number',
  edges: [0],
  range: [-1, 1],
  importance: 1,
  days: Object.fromEntries(
    Object.entries(days).map(([day, [low, high]]) => [
      day,
      [low, high, 0, 0, 0],
    ]),
  ),
});
/** Four weeks from Monday 1 January 2001. */
const weeks = (cells: (day: number) => [number, number]) =>
  feature(
    Object.fromEntries(
      Array.from({ length: 28 }, (_, day) => [
        addDays('2001-01-01', day),
        cells(day),
      ]),
    ),
  );

describe('windows', () => {
  it.each([
    ['2001-01-01', '2001-01-01'],
    ['2001-01-07', '2001-01-01'],
    ['2001-01-08', '2001-01-08'],
    ['2000-03-01', '2000-02-28'],
  ])('%s lies in the week from %s', (day, monday) => {
    expect(windowOf(day, 'week')).toBe(monday);
    expect(windowOf(day, 'day')).toBe(day);
  });

  it('follow each other without gaps, the newest kept', () => {
    expect(windowsBetween('2001-01-03', '2001-01-20', 'week')).toEqual([
      '2001-01-01',
      '2001-01-08',
      '2001-01-15',
    ]);
    expect(windowsBetween('2001-01-01', '2001-03-01', 'day', 2)).toEqual([
      '2001-02-28',
      '2001-03-01',
    ]);
  });

  it('add up their days', () => {
    const merged = cellsByWindow(
      [
        ['2001-01-01', [1, 2]],
        ['2001-01-07', [3, 4]],
        ['2001-01-08', [5, 6]],
      ],
      'week',
    );
    expect([...merged]).toEqual([
      ['2001-01-01', [4, 6]],
      ['2001-01-08', [5, 6]],
    ]);
  });
});

describe('natural variation', () => {
  it('looks at whole windows only', () => {
    const from = (start: number) =>
      feature(
        Object.fromEntries(
          Object.entries(weeks(() => [50, 50]).days)
            .slice(start, start + 17)
            .map(([day, [low, high]]) => [day, [low, high]]),
        ),
      );
    expect(ownScores(from(0), 'week')).toHaveLength(2);
    expect(ownScores(from(3), 'week')).toHaveLength(1);
    expect(ownScores(from(0), 'day')).toHaveLength(17);
  });

  it('is unknown without time and with one window', () => {
    expect(naturalVariation(feature({ all: [5, 5] }), 'week')).toBeNull();
    expect(
      naturalVariation(feature({ '2001-01-01': [5, 5] }), 'day'),
    ).toBeNull();
  });
});

describe('quietWindow', () => {
  const noisyDays = weeks(day => (day % 4 ? [50, 50] : [80, 20]));
  const calm = weeks(() => [50, 50]);
  // Another value each day, the same every week: as the day of the week.
  const calendar = weeks(day => (day % 7 < 3 ? [100, 0] : [0, 100]));
  it.each([
    ['keeps the day where the reference is quiet by day', [calm], 'day', 'day'],
    ['goes to the week where days are noisy', [calm, noisyDays], 'day', 'week'],
    ['does not take the calendar for noise', [calm, calendar], 'day', 'day'],
    ['never goes below what policy wants', [calm], 'week', 'week'],
    ['has no objection without a reference', [], 'day', 'day'],
  ] as const)('%s', (_, features, wanted, expected) => {
    expect(quietWindow([...features], wanted, 0.1)).toBe(expected);
  });
});

describe('isComplete', () => {
  const seen = {
    lastDay: '2001-01-05',
    clock: 'event' as const,
    now: '2026-11-24T00:00:00Z',
    idleMs: 0,
  };
  const days = 86_400_000;
  it.each([
    ['a later day was seen', { lastDay: '2001-01-08' }, true],
    ['replayed data has not got there', {}, false],
    ['replayed data came to a stop', { idleMs: 3 * days }, true],
    ['the clock has passed its end', { clock: 'wall' as const }, true],
    [
      'the clock has not passed its end',
      { clock: 'wall' as const, now: '2001-01-07T23:59:00Z' },
      false,
    ],
  ])('%s', (_, change, expected) => {
    expect(isComplete('2001-01-01', 'week', { ...seen, ...change })).toBe(
      expected,
    );
  });
});

describe('clockOf', () => {
  const now = new Date('2026-11-24T10:00:00Z');
  it.each([
    [undefined, 'wall'],
    ['2026-11-23T10:00:00Z', 'wall'],
    ['2026-11-20T10:00:00Z', 'event'],
    ['2001-03-01T10:00:00Z', 'event'],
    ['2027-03-01T10:00:00Z', 'event'],
  ])('newest prediction %s: %s', (newest, kind) => {
    expect(clockOf(newest, now)).toEqual({
      kind,
      now: kind === 'event' ? newest : now.toISOString(),
    });
  });
});

describe('the main stretch of days', () => {
  it.each([
    ['nothing', [], undefined],
    [
      'a replay beside a few requests of today',
      [
        ['2026-11-24', 3],
        ['2001-03-19', 3000],
        ['2001-05-07', 3000],
      ],
      { from: '2001-03-19', to: '2001-05-07' },
    ],
    [
      'live traffic beside an old trial',
      [
        ['2001-03-19', 10],
        ['2026-11-20', 500],
        ['2026-11-24', 500],
      ],
      { from: '2026-11-20', to: '2026-11-24' },
    ],
    [
      'a pause of a month',
      [
        ['2026-09-01', 5],
        ['2026-10-05', 5],
      ],
      { from: '2026-09-01', to: '2026-10-05' },
    ],
    [
      'two of the same size',
      [
        ['2001-01-01', 5],
        ['2026-01-01', 5],
      ],
      { from: '2026-01-01', to: '2026-01-01' },
    ],
  ] as Array<[string, Array<[string, number]>, object | undefined]>)(
    '%s',
    (_, days, wanted) => {
      expect(mainStretch(days.map(([day, n]) => ({ day, n })))).toEqual(wanted);
    },
  );
});
