import { linesOf, standsAlone, thin, totalOf, withGaps } from './series';

const series = [
  {
    metric: 'requests',
    unit: '1/s',
    series: [
      { revision: 'b', version: 6, points: [[300, 0.5]] as [number, number][] },
      {
        revision: 'a',
        version: 4,
        points: [
          [0, 1],
          [300, 2],
        ] as [number, number][],
      },
      { revision: 'c', version: 4, points: [[300, 1]] as [number, number][] },
    ],
  },
  {
    metric: 'p95',
    unit: 'ms',
    series: [
      { revision: 'a', version: 4, points: [[0, 11]] as [number, number][] },
    ],
  },
];

describe('linesOf', () => {
  it('gives rates a minute by version and adds revisions of one version', () => {
    expect(linesOf(series, 'requests')).toEqual({
      keys: ['v4', 'v6'],
      rows: [
        { at: 0, v4: 60 },
        { at: 300, v6: 30, v4: 180 },
      ],
    });
  });

  it('leaves milliseconds as they are', () => {
    expect(linesOf(series, 'p95').rows).toEqual([{ at: 0, v4: 11 }]);
  });

  it('is empty for a metric that the engine does not give', () => {
    expect(linesOf(series, 'errors')).toEqual({ keys: [], rows: [] });
  });
});

describe('totalOf', () => {
  it('counts requests from rates and the step', () => {
    expect(totalOf(linesOf(series, 'requests'))).toBe(5 * (60 + 210));
    expect(totalOf({ keys: [], rows: [] })).toBe(0);
  });
});

describe('thin', () => {
  const rows = [
    { at: 0, v4: 2 },
    { at: 60, v4: 4, v6: 1 },
    { at: 120, v4: 6 },
  ];

  it('takes means of neighbours and keeps gaps', () => {
    expect(thin({ keys: ['v4', 'v6'], rows }, 2).rows).toEqual([
      { at: 0, v4: 3, v6: 1 },
      { at: 120, v4: 6 },
    ]);
  });

  it('leaves few rows as they are', () => {
    expect(thin({ keys: ['v4'], rows }, 3).rows).toBe(rows);
  });
});

describe('withGaps', () => {
  const rows = [60, 120, 180, 3600].map(at => ({ at, v1: 1 }));

  it('ends a line where nothing was asked for long', () => {
    const { rows: gapped } = withGaps({ keys: ['v1'], rows });
    expect(gapped.map(({ at, v1 }) => [at, v1])).toEqual([
      [60, 1],
      [120, 1],
      [180, 1],
      [1890, undefined],
      [3600, 1],
    ]);
    expect(standsAlone(gapped, 4, 'v1')).toBe(true);
    expect(standsAlone(gapped, 1, 'v1')).toBe(false);
    expect(standsAlone(gapped, 3, 'v1')).toBe(false);
  });

  it('leaves one row and none as they are', () => {
    expect(withGaps({ keys: ['v1'], rows: rows.slice(0, 1) }).rows).toEqual([
      { at: 60, v1: 1 },
    ]);
    expect(withGaps({ keys: [], rows: [] }).rows).toEqual([]);
  });
});
