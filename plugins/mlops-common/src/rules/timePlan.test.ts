import { planTime, TimeFacts } from './timePlan';

const facts: TimeFacts = {
  first: '2001-01-01T00:01:00.000Z',
  last: '2001-03-14T23:59:00.000Z',
  end: '2001-03-15T00:00:00.000Z',
  edge: '2001-02-28T20:00:00.000Z',
  hourShare: 0.9,
  weekdays: 7,
  crowd: { '1h': 7, '1D': 90, '7D': 600, '28D': 2000 },
};
const all = { entity: true, history: true };

describe('planTime', () => {
  it('cuts the flights before the replayed days as their example does', () => {
    expect(planTime(facts, all)).toEqual({
      windows: { history: '1d', train: '59d', test: '14d' },
      calendar: [
        ['hour', 'when.dt.hour + when.dt.minute / 60'],
        ['weekday', 'when.dt.day_of_week'],
      ],
      history: { bucket: '1h', lag: 2 },
    });
  });

  it.each([
    ['an hour where it is crowded', {}, all, { bucket: '1h', lag: 2 }],
    [
      'a day where hours are thin',
      { crowd: { ...facts.crowd, '1h': 2 } },
      all,
      { bucket: '1D', lag: 1 },
    ],
    [
      'a day where rows have no hours',
      { hourShare: 0 },
      all,
      { bucket: '1D', lag: 1 },
    ],
    [
      'a week where days are thin',
      { crowd: { '1h': 1, '1D': 2, '7D': 9, '28D': 36 } },
      all,
      { bucket: '7D', lag: 1 },
    ],
    [
      'none that would eat the training window',
      { crowd: { '1h': 0, '1D': 0, '7D': 1, '28D': 2 } },
      all,
      null,
    ],
    ['none for classes', {}, { entity: true, history: false }, null],
  ])('takes history by %s', (_, change, wants, expected) => {
    const plan = planTime({ ...facts, ...change }, wants);
    expect('history' in plan && plan.history).toEqual(expected);
  });

  it('counts in hours where all rows lie within ten days', () => {
    const plan = planTime(
      {
        ...facts,
        first: '2001-03-10T00:00:00.000Z',
        edge: '2001-03-14T00:00:00.000Z',
      },
      { entity: false, history: true },
    );
    expect(plan).toMatchObject({
      windows: { history: '24h', train: '72h', test: '24h' },
      calendar: [['hour', expect.any(String)]],
    });
  });

  it('adds the month where there are more than two years', () => {
    const plan = planTime({ ...facts, first: '1998-01-01T00:00:00.000Z' }, all);
    expect('calendar' in plan && plan.calendar.map(([word]) => word)).toEqual([
      'hour',
      'weekday',
      'month',
    ]);
  });

  it('says so where no windows fit', () => {
    const at = '2001-03-14T23:30:00.000Z';
    expect(planTime({ ...facts, first: at, edge: at, last: at }, all)).toEqual({
      message: expect.stringMatching(/too close together/),
    });
  });
});
