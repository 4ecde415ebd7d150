import type {
  ProblemPlan,
  TableProfile,
} from '@mlops-portal/plugin-mlops-common';

const cells = (labels: string[], counts: number[]) =>
  labels.map((label, i) => ({ label, count: counts[i] }));

/** The flights table as the hub describes it. */
export function flightsTable(): TableProfile {
  return {
    uri: '/data/flights-3m.parquet',
    format: 'parquet',
    sizeBytes: 15_600_000,
    rows: 3_000_000,
    columns: [
      {
        name: 'date',
        sourceType: 'TIMESTAMP',
        kind: 'date',
        nulls: 0,
        distinct: 189_441,
        min: '2001-01-01 00:01:00',
        max: '2001-06-30 23:59:00',
        samples: ['2001-01-01 00:01:00', '2001-01-01 00:04:00'],
        histogram: cells(
          ['2001-01-01T00:01', '2001-04-01T00:00'],
          [1_500_000, 1_500_000],
        ),
        timeShare: 1,
      },
      {
        name: 'delay',
        sourceType: 'BIGINT',
        kind: 'number',
        nulls: 0,
        distinct: 1027,
        min: '-60',
        max: '140',
        samples: ['-3', '14', '62'],
        histogram: cells(
          ['-60', '-40', '-20', '0', '20', '40', '60', '80', '100', '120'],
          [1, 20, 900, 700, 300, 120, 60, 30, 15, 8],
        ),
        timeShare: 0,
      },
      {
        name: 'distance',
        sourceType: 'BIGINT',
        kind: 'number',
        nulls: 300,
        distinct: 1214,
        min: '17',
        max: '4962',
        samples: ['405', '1235'],
        histogram: cells(['17', '2489'], [2_000_000, 999_700]),
        timeShare: 0,
      },
      {
        name: 'origin',
        sourceType: 'VARCHAR',
        kind: 'text',
        nulls: 0,
        distinct: 292,
        min: null,
        max: null,
        samples: ['ORD', 'ATL'],
        histogram: cells(['ORD', 'ATL'], [165_000, 160_000]),
        timeShare: 0,
      },
      {
        name: 'destination',
        sourceType: 'VARCHAR',
        kind: null,
        leftOut: 'holds no single values',
        nulls: 0,
        distinct: 293,
        min: null,
        max: null,
        samples: ['LAX'],
        histogram: [],
        timeShare: 0,
      },
    ],
    sampleRows: [
      {
        date: '2001-01-01 00:01:00',
        delay: '-3',
        distance: '405',
        origin: 'ORD',
        destination: null,
      },
    ],
    readMs: 1800,
    suggested: {
      target: 'delay',
      positive: '> 15',
      time: 'date',
      entity: ['origin'],
      trainUntil: '2001-03-15',
    },
  };
}

/** What the hub plans for the flights table. */
export function flightsPlan(): ProblemPlan {
  return {
    errors: [],
    task: 'binary',
    positiveShare: 0.218,
    classes: 2,
    values: {
      name: 'preview',
      title: 'Will it be late?',
      objective: '',
      owner: 'group:default/ml',
      data: '/data/flights-3m.parquet',
      task: 'binary',
      risk: 'limited',
      target: 'delay',
      positive: '> 15',
      time: 'date',
      entity: ['origin'],
      columns: { distance: 'number', origin: 'text' },
      left_out: { destination: 'holds no single values' },
      calendar: {},
      from_dates: {},
      history: null,
      windows: { history: '1d', train: '59d', test: '14d' },
      numbers: ['distance'],
      texts: ['origin'],
      max_missing: {},
      min_rows: 1000,
      metric: { name: 'roc_auc' },
      direction: 'maximize',
      train_until: '2001-03-15',
      retraining: {},
      monitoring: { window: '7d' },
      serving: {},
    },
  };
}
