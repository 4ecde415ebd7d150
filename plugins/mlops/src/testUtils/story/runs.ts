import {
  CiPipelineView,
  Run,
  RunDetail,
  Step,
  Trial,
} from '@mlops-portal/plugin-mlops-common';
import { hoursAgo } from './time';

export const COMMIT = 'a81f03e5c2d94b7e8f60112233445566778899aa';

export function run47(): Run {
  return {
    id: 'run-47',
    number: 47,
    pipeline: 'flight-delay',
    engine: 'local',
    state: 'succeeded',
    trigger: 'alert',
    actor: 'policy',
    because: 'PSI of prev_delay_origin above 0.20 for 3 weeks',
    commit: COMMIT,
    message: 'weekly windows, drop holiday flag',
    parameters: { until: '2001-05-14' },
    createdAt: hoursAgo(3.5),
    startedAt: hoursAgo(3.49),
    finishedAt: hoursAgo(3.42),
    observedAt: hoursAgo(0.001),
    versionMade: 6,
    metric: { name: 'roc_auc', value: 0.721 },
    decisionId: 'decision-9',
  };
}

export function runFailed(): Run {
  return {
    ...run47(),
    id: 'run-46',
    number: 46,
    state: 'failed',
    reason: 'step read_flights: the source did not answer within 60 s',
    createdAt: hoursAgo(4),
    startedAt: hoursAgo(3.99),
    finishedAt: hoursAgo(3.9),
    versionMade: undefined,
    metric: undefined,
  };
}

export function runRunning(): Run {
  return {
    ...run47(),
    id: 'run-48',
    number: 48,
    state: 'running',
    trigger: 'person',
    actor: 'user:default/ann',
    because: 'try the smaller grid',
    createdAt: hoursAgo(0.05),
    startedAt: hoursAgo(0.05),
    finishedAt: undefined,
    versionMade: undefined,
    metric: undefined,
    decisionId: undefined,
  };
}

export function runs(): Run[] {
  const older = [45, 44, 43, 42, 41].map((number, i) => ({
    ...run47(),
    id: `run-${number}`,
    number,
    trigger: 'commit' as const,
    actor: 'user:default/ann',
    because: undefined,
    message: ['tune depth', 'fix nulls', 'first windows', 'readme', 'drop id'][
      i
    ],
    createdAt: hoursAgo(30 + i * 50),
    startedAt: hoursAgo(30 + i * 50),
    finishedAt: hoursAgo(29.93 + i * 50),
    versionMade: number === 41 ? 5 : undefined,
    metric: { name: 'roc_auc', value: 0.72 - i * 0.002 },
    decisionId: undefined,
  }));
  return [runRunning(), run47(), runFailed(), ...older];
}

type Plan = [string, string[], number, Step['state'], boolean?];
const PLAN: Plan[] = [
  ['read_flights', [], 6, 'succeeded', true],
  ['check_schema', ['read_flights'], 3, 'succeeded'],
  ['build_features', ['check_schema'], 41, 'succeeded'],
  ['split_by_time', ['build_features'], 4, 'succeeded'],
  ['baseline', ['split_by_time'], 9, 'succeeded'],
  ['tune', ['split_by_time'], 126, 'succeeded'],
  ['train_best', ['tune'], 38, 'succeeded'],
  ['evaluate', ['train_best', 'baseline'], 27, 'succeeded'],
  ['register', ['evaluate'], 4, 'succeeded'],
  ['stop_no_gain', ['evaluate'], 0, 'skipped'],
];

export function steps(): Step[] {
  let second = 0;
  return PLAN.map(([name, dependsOn, seconds, state, cached]) => {
    const startedAt = hoursAgo(3.49 - second / 3600);
    second += seconds;
    return {
      id: name,
      name,
      state,
      cached: cached ?? false,
      startedAt: state === 'skipped' ? undefined : startedAt,
      finishedAt:
        state === 'skipped' ? undefined : hoursAgo(3.49 - second / 3600),
      dependsOn,
      inputs:
        name === 'tune' ? { train: 'features/train.parquet', trials: 24 } : {},
      outputs:
        name === 'tune'
          ? { best_params: 'best_params.json', rows: 1154530 }
          : {},
      reason: state === 'skipped' ? 'the new version is better' : undefined,
    };
  });
}

export function trials(): Trial[] {
  return Array.from({ length: 24 }, (_, i) => {
    const wave = (k: number) => (Math.sin((i + 1) * k) + 1) / 2;
    const value = 0.7 + 0.019 * wave(2.3);
    return {
      candidate: i + 1,
      parameters: {
        learning_rate: Number((0.01 + 0.24 * wave(1.7)).toFixed(3)),
        max_depth: 3 + Math.round(7 * wave(3.1)),
        n_estimators: 120 + Math.round(400 * wave(0.9)),
        subsample: Number((0.6 + 0.4 * wave(4.7)).toFixed(2)),
        booster: i % 3 ? 'gbdt' : 'dart',
      },
      value: i === 17 ? 0.7214 : Number(value.toFixed(4)),
      metrics: { log_loss: Number((0.42 - value / 10).toFixed(4)) },
      best: i === 17,
    };
  });
}

/** While it runs, the sixth step is on; when it failed, the first one did. */
function shownSteps(run: Run, all: Step[]): Step[] {
  if (run.state === 'running')
    return all.map((s, i) => ({
      ...s,
      state: (['succeeded', 'running', 'waiting'] as const)[
        [5, 6].filter(start => i >= start).length
      ],
      finishedAt: i < 5 ? s.finishedAt : undefined,
      startedAt: i <= 5 ? hoursAgo(0.03) : undefined,
    }));
  if (run.state === 'failed')
    return all.map((s, i) => ({
      ...s,
      state: i === 0 ? 'failed' : 'skipped',
      startedAt: i === 0 ? run.startedAt : undefined,
      finishedAt: i === 0 ? run.finishedAt : undefined,
      cached: false,
      reason: i === 0 ? run.reason : 'an earlier step failed',
    }));
  return all;
}

export function runDetail(id: string): RunDetail {
  const run = runs().find(r => r.id === id) ?? run47();
  const all = steps();
  const shown = shownSteps(run, all);
  return {
    ...run,
    steps: shown,
    trials: run.state === 'succeeded' ? trials() : [],
    trialMetric: 'roc_auc',
    usual: { seconds: 245, runs: 20 },
    engineLinks: [],
  };
}

export function ci(): CiPipelineView[] {
  const job = (id: string, name: string, state: Run['state']) => ({
    id,
    name,
    stage: name,
    state,
    startedAt: hoursAgo(3.7),
    finishedAt: hoursAgo(3.6),
  });
  return [
    {
      id: '212',
      commit: COMMIT,
      message: 'weekly windows, drop holiday flag',
      author: 'ann',
      branch: 'main',
      state: 'succeeded',
      createdAt: hoursAgo(3.7),
      finishedAt: hoursAgo(3.6),
      jobs: [job('1', 'test', 'succeeded'), job('2', 'pipeline', 'succeeded')],
    },
    {
      id: '211',
      commit: '4be91c7aa0',
      message: 'fix nulls',
      author: 'ann',
      branch: 'main',
      state: 'failed',
      reason: 'job test: 1 of 14 tests failed',
      createdAt: hoursAgo(30),
      finishedAt: hoursAgo(29.9),
      jobs: [job('1', 'test', 'failed'), job('2', 'pipeline', 'skipped')],
    },
  ];
}

export const STEP_LOG = [
  '06:12:57 read features/train.parquet, 61 MB, 0.6 s',
  '06:12:58 train 19 Feb to 29 Apr: 1,154,530 rows, 10 features',
  '06:13:09 trial  1  auc=0.7164',
  '06:13:43 trial  7  auc=0.7177',
  '06:14:40 trial 18  auc=0.7214',
  '06:15:04 24 trials done, 0 failed, 2 at a time',
  '06:15:04 wrote best_params.json (188 bytes)',
  '',
].join('\n');
