import { PROFILE, readEvent } from './__testUtils__/events';
import { reportsOf } from './report';

const one = (changes: Parameters<typeof readEvent>[0] = {}) =>
  reportsOf(readEvent(changes))[0];

describe('reportsOf', () => {
  it('reads digest, window, rows, schema and profile', () => {
    const report = one();
    expect(report).toMatchObject({
      source: '/data/flights.parquet',
      reader: 'flight-delay',
      digest: 'd'.repeat(64),
      runId: 'run-1',
      from: '2001-01-01T00:00:00.000Z',
      to: '2001-03-01T00:00:00.000Z',
      rows: 1000,
      profiled: true,
      ignored: [],
    });
    expect(report.columns).toMatchObject([
      {
        name: 'delay',
        type: 'int64',
        role: 'target',
        profile: {
          nulls: 10,
          mean: 8.5,
          histogram: { counts: [400, 400, 190] },
        },
      },
      { name: 'origin', profile: { top: [{ value: 'ORD' }, {}], other: 100 } },
    ]);
  });

  it('falls back on the standard quality metrics, also of another producer', () => {
    const quality = {
      rowCount: 50,
      columnMetrics: {
        delay: {
          nullCount: 10,
          distinctCount: 7,
          count: 50,
          sum: 80,
          min: 1,
          max: 9,
          quantiles: { '0.5': 4 },
        },
      },
    };
    const report = one({ profile: null, quality });
    expect(report).toMatchObject({ rows: 50, from: null, profiled: true });
    expect(report.columns[0].profile).toMatchObject({
      nulls: 10,
      distinct: 7,
      mean: 2,
      quantiles: { '0.5': 4 },
    });
    expect(report.columns[1].profile).toBe(undefined);
  });

  it('names the job where there is no parent, and takes columns of the profile where there is no schema', () => {
    const event = readEvent({ schema: null });
    event.run.facets = {};
    const [report] = reportsOf(event);
    expect(report.reader).toBe('flight-delay.extract');
    expect(report.columns.map(c => [c.name, c.type])).toEqual([
      ['delay', 'number'],
      ['origin', 'text'],
    ]);
  });

  it.each([
    ['an input without a version', { digest: '' }],
    ['a version that is no text', { digest: 7 }],
    ['a model', { datasetType: 'MODEL' }],
  ])('leaves out %s', (_, changes) => {
    expect(reportsOf(readEvent(changes))).toEqual([]);
  });

  it('leaves out parts that are wrong, with the field and the reason, and keeps the rest', () => {
    const [delay, origin] = PROFILE.columns;
    const report = one({
      schema: [{ name: 'delay', type: 'int64' }, { type: 'x' }, 'text'],
      profile: {
        rows: -5,
        from: 'some day',
        to: PROFILE.to,
        columns: [
          { ...delay, histogram: { edges: [0, 1], counts: [1, 2] } },
          { ...origin, role: 'boss', nulls: 'many', top: [{ value: 'ORD' }] },
          { type: 'number' },
        ],
      },
    });
    expect(report).toMatchObject({ rows: null, from: null });
    expect(report.to).toBe('2001-03-01T00:00:00.000Z');
    expect(report.columns).toMatchObject([
      { name: 'delay', profile: { nulls: 10, max: 200 } },
      { name: 'origin', profile: { nulls: null, distinct: 3 } },
    ]);
    expect(report.columns[0].profile?.histogram).toBe(undefined);
    expect(report.ignored.map(({ field }) => field)).toEqual([
      'schema.fields.1.name',
      'schema.fields.2',
      'mlops_profile.rows',
      'mlops_profile.from',
      'mlops_profile.columns.0.histogram',
      'mlops_profile.columns.1.top.0.count',
      'mlops_profile.columns.1.role',
      'mlops_profile.columns.1.nulls',
      'mlops_profile.columns.2',
    ]);
    expect(report.ignored[4].reason).toBe('needs one count less than edges');
  });

  it('folds more than ten frequent values into the rest', () => {
    const top = Array.from({ length: 12 }, (_, i) => ({
      value: i,
      count: 10,
    }));
    const [, origin] = PROFILE.columns;
    const profile = { ...PROFILE, columns: [{ ...origin, top, other: 5 }] };
    const column = one({ profile }).columns.find(c => c.name === 'origin')!;
    expect(column.profile?.top).toHaveLength(10);
    expect(column.profile?.top?.[0]).toEqual({ value: '0', count: 10 });
    expect(column.profile?.other).toBe(25);
  });

  it.each([[[]], ['text'], [7]])('survives %j in place of facets', wrong => {
    const report = one({ schema: wrong, profile: wrong, quality: wrong });
    expect(report).toMatchObject({ columns: [], rows: null, profiled: false });
  });
});
