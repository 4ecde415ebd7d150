import { servedWindows, standingOf, VersionRecord } from './asServed';

describe('servedWindows', () => {
  const week = (version: number, day: string, n: number) => ({
    version,
    day,
    n,
  });

  it.each<[string, Array<ReturnType<typeof week>>, unknown[][]]>([
    ['nothing', [], []],
    [
      'one version',
      [week(1, '2001-04-30', 10), week(1, '2001-05-08', 5)],
      [
        ['2001-04-30', 1, 1, 1, []],
        ['2001-05-07', 1, 1, 1, []],
      ],
    ],
    [
      'a version that takes over in the middle of a week, answering less of it',
      [
        week(1, '2001-05-07', 30),
        week(2, '2001-05-09', 10),
        week(2, '2001-05-14', 10),
      ],
      [
        ['2001-05-07', 1, 0.75, 2, [2]],
        ['2001-05-14', 2, 1, 1, []],
      ],
    ],
    [
      'two that answer the same: the newer one',
      [week(2, '2001-05-07', 30), week(1, '2001-05-08', 30)],
      [['2001-05-07', 2, 0.5, 2, [2]]],
    ],
    [
      'a roll back: the version before is not new again',
      [
        week(1, '2001-04-23', 5),
        week(2, '2001-04-30', 5),
        week(1, '2001-05-07', 5),
      ],
      [
        ['2001-04-23', 1, 1, 1, []],
        ['2001-04-30', 2, 1, 1, [2]],
        ['2001-05-07', 1, 1, 1, []],
      ],
    ],
  ])('says who answered each window: %s', (_, days, expected) => {
    expect(
      servedWindows(days, 'week').map(each => [
        each.window,
        each.version,
        each.share,
        each.days,
        each.starts,
      ]),
    ).toEqual(expected);
  });

  it('counts a day once on which two versions answered', () => {
    const days = [week(1, '2001-05-07', 9), week(2, '2001-05-07', 1)];
    expect(servedWindows(days, 'week')[0].days).toBe(1);
  });

  it('leaves out days without rows', () => {
    expect(servedWindows([week(1, '2001-05-07', 0)], 'day')).toEqual([]);
  });
});

describe('standingOf', () => {
  const fresh: VersionRecord = { version: 2, health: 'not-enough-data' };
  const open = { window: '2001-05-07', open: true, days: 2, rows: 1040 };
  const drifted: VersionRecord = {
    version: 1,
    health: 'drift',
    judged: '2001-04-30',
  };

  it('is the verdict of the version in production once it has one', () => {
    const judged = { ...fresh, health: 'well' as const, judged: '2001-05-07' };
    expect(standingOf(judged, [drifted], 'week')).toEqual({
      health: 'well',
      version: 2,
    });
  });

  it.each([
    ['its first week is open', open, 'window', '2001-05-14'],
    [
      'its only closed week was too small',
      { ...open, open: false, rows: 90 },
      'more',
      '2001-05-21',
    ],
  ])(
    'has not enough data while %s, says when the verdict comes, and names the version before',
    (_, newest, waitsFor, due) => {
      expect(standingOf({ ...fresh, newest }, [drifted], 'week')).toEqual({
        health: 'not-enough-data',
        version: 2,
        waits: {
          for: waitsFor,
          window: '2001-05-07',
          days: 2,
          ofDays: 7,
          rows: newest.rows,
          due,
        },
        before: { version: 1, health: 'drift', window: '2001-04-30' },
      });
    },
  );

  it('has no data where it has answered nothing', () => {
    expect(standingOf(fresh, [], 'day')).toEqual({
      health: 'no-data',
      version: 2,
      waits: {
        for: 'rows',
        window: null,
        days: 0,
        ofDays: 1,
        rows: 0,
        due: null,
      },
    });
  });

  it('names the version that was judged last, and none that never was', () => {
    const older = { ...drifted, version: 3, judged: '2001-04-23' };
    const never: VersionRecord = { version: 4, health: 'well' };
    expect(
      standingOf(fresh, [never, older, drifted], 'week').before,
    ).toMatchObject({ version: 1 });
  });

  it.each(['well', 'above-noise'] as const)(
    'is never green while it waits, though the version before was %s',
    health => {
      const before = { ...drifted, health };
      expect(
        standingOf({ ...fresh, newest: open }, [before], 'week').health,
      ).toBe('not-enough-data');
    },
  );
});
