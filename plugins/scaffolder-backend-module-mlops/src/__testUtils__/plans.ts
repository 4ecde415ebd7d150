import type { TemplateValues } from '@mlops-portal/plugin-mlops-common';

const common = {
  objective: 'Know early which flights need a plan B',
  owner: 'group:default/ml',
  risk: 'limited' as const,
  from_dates: {},
  max_missing: {},
  min_rows: 1000,
  retraining: {
    schedule: '0 3 * * 1',
    when: ['drift', 'quality'],
    cool_down: '7d',
    needed_windows: 2,
  },
  monitoring: { window: '7d', limit: 0.2, min_rows: 1000, bins: 10 },
  serving: { canary: [10, 100] },
};

/** Values as the hub plans them for the flights table. */
export const flights: TemplateValues = {
  ...common,
  name: 'flight-delay',
  title: 'Will this flight be late?',
  data: '/data/flights-3m.parquet',
  task: 'binary',
  target: 'delay',
  positive: '> 15',
  time: 'date',
  entity: ['origin'],
  columns: { distance: 'number', origin: 'text', destination: 'text' },
  left_out: {},
  calendar: {
    hour: 'when.dt.hour + when.dt.minute / 60',
    weekday: 'when.dt.day_of_week',
  },
  history: {
    bucket: '1h',
    lag: 2,
    mean: 'recent_delay',
    count: 'recent_delay_rows',
    value: 'delay',
  },
  windows: { history: '1d', train: '59d', test: '14d' },
  numbers: ['distance', 'hour', 'weekday', 'recent_delay', 'recent_delay_rows'],
  texts: ['origin', 'destination'],
  metric: { name: 'roc_auc', target: 0.68 },
  direction: 'maximize',
  train_until: '2001-03-15',
};

/** Names in Persian, one with a zero-width joiner, quotes and a backslash; no time. */
export const persian: TemplateValues = {
  ...common,
  name: 'khane',
  title: 'قیمت "خانه" چند است؟ \\',
  data: '/داده/خانه‌ها.csv',
  task: 'regression',
  target: 'قیمت',
  positive: null,
  time: null,
  entity: [],
  columns: {
    متراژ: 'number',
    شهر: 'text',
    'نوع خانه‌ها': 'text',
    'it\'s "new"': 'flag',
  },
  left_out: { شناسه: 'unique per row' },
  calendar: {},
  history: null,
  windows: { test_share: 0.2 },
  numbers: ['متراژ', 'it\'s "new"'],
  texts: ['شهر', 'نوع خانه‌ها'],
  max_missing: { متراژ: 0.4 },
  metric: { name: 'mae' },
  direction: 'minimize',
  train_until: '',
};
