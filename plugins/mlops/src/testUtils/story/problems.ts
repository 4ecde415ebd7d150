import {
  Home,
  ProblemDetail,
  ProblemSummary,
} from '@mlops-portal/plugin-mlops-common';
import { alerts, decision } from './alerts';
import { approvals } from './approvals';
import { loop } from './loop';
import { COMMIT, runFailed, runRunning } from './runs';
import { WEEKS, hoursAgo } from './time';

const AUC = [
  0.694, 0.698, 0.701, 0.711, 0.708, 0.712, 0.709, 0.713, 0.719, 0.722, 0.717,
  0.721, 0.718, 0.716, 0.712, 0.708, 0.704,
];

export function summary(): ProblemSummary {
  return {
    name: 'flight-delay',
    title: 'Late arrivals',
    owner: 'ground-ops',
    riskClass: 'limited',
    health: 'drift',
    stations: loop().map(({ station, state }) => ({ station, state })),
    metric: {
      name: 'roc_auc',
      target: 0.7,
      value: 0.704,
      n: 112830,
      points: AUC,
    },
    lastRetraining: hoursAgo(3.6),
    alerts: 2,
  };
}

export function summaries(): ProblemSummary[] {
  const stations = (states: string[]) =>
    loop().map(({ station }, i) => ({
      station,
      state: states[i] ?? 'not-reached',
    }));
  const base = summary();
  return [
    {
      ...base,
      name: 'mail-spam',
      title: 'Spam in the mailbox',
      owner: 'workplace-it',
      health: 'below-target',
      stations: stations([
        'fresh',
        'fresh',
        'succeeded',
        'ready',
        'answering',
        'below-target',
      ]),
      metric: {
        name: 'accuracy',
        target: 0.95,
        value: 0.845,
        n: 1204,
        points: [0.98, 0.98, 0.97, 0.95, 0.9, 0.845],
      },
      alerts: 1,
      lastRetraining: hoursAgo(900),
    },
    base,
    {
      ...base,
      name: 'gate-hold',
      title: 'Gate hold time',
      owner: 'airport-ops',
      health: 'no-data',
      stations: stations(['no-data']),
      metric: { name: 'mae', target: null, value: null, n: 0, points: [] },
      alerts: 0,
      lastRetraining: undefined,
    },
    {
      ...base,
      name: 'bag-transfer',
      title: 'Missed bags',
      owner: 'baggage',
      health: 'unknown',
      stations: stations(['fresh', 'late', 'succeeded', 'waiting']),
      metric: {
        name: 'average_precision',
        target: 0.8,
        value: null,
        n: 0,
        points: [],
      },
      alerts: 0,
      lastRetraining: undefined,
    },
    {
      ...base,
      name: 'taxi-fare',
      title: 'Taxi fares',
      owner: 'ground-ops',
      health: 'well',
      stations: stations([
        'fresh',
        'fresh',
        'succeeded',
        'ready',
        'answering',
        'well',
      ]),
      metric: {
        name: 'mae',
        target: 2.5,
        value: 2.31,
        n: 48117,
        points: [2.6, 2.5, 2.55, 2.4, 2.42, 2.31],
      },
      alerts: 0,
      lastRetraining: hoursAgo(310),
    },
  ];
}

export function problem(): ProblemDetail {
  return {
    ...summary(),
    objective:
      'Say before departure whether a flight arrives more than 15 min late',
    task: 'binary',
    repository: {
      name: 'flight-delay',
      cloneUrl: 'http://127.0.0.1:7007/api/mlops/git/flight-delay.git',
      webUrl: 'http://127.0.0.1:7007/git/flight-delay',
      headCommit: COMMIT,
    },
    clock: { kind: 'event', now: '2001-05-14T07:40:00Z' },
    loop: loop(),
    returnEdge: decision(),
    metricSeries: WEEKS.map((window, i) => ({
      window,
      value: i < 16 ? AUC[i] : null,
      low: i < 16 ? AUC[i] - 0.004 : null,
      high: i < 16 ? AUC[i] + 0.004 : null,
      coverage: i < 16 ? 0.98 : 0,
      version: 2 + [3, 8].filter(start => i >= start).length,
      n: 112000 + i * 60,
    })),
    versionMarks: [
      { version: 2, window: WEEKS[0] },
      { version: 3, window: WEEKS[3] },
      { version: 4, window: WEEKS[8] },
    ],
    attention: [
      {
        kind: 'alert',
        title: 'Drift on prev_delay_origin',
        detail:
          'PSI 0.35 against a limit of 0.20, three weeks in a row. Alert open 14 days.',
        link: '/ml/alerts/alert-1',
      },
      {
        kind: 'approval',
        title: 'v6',
        detail: '5/7',
        link: '/ml/approvals/apr-118',
      },
      {
        kind: 'engine',
        title: 'Pipelines last answered 4 min ago',
        detail: 'Run states shown are from then.',
        link: '/ml/platform',
      },
    ],
    activity: [
      {
        at: hoursAgo(1),
        actor: 'user:default/ann',
        action: 'requestApproval',
        object: 'approval:apr-118',
        text: 'v4 is calibrated for winter; v6 fixes it',
        link: '/ml/approvals/apr-118',
      },
      {
        at: hoursAgo(1.47),
        actor: 'user:default/ann',
        action: 'deploy',
        object: 'endpoint:flight-delay',
        text: 'v6 as canary',
        link: '/ml/endpoints/flight-delay',
      },
      {
        at: hoursAgo(3.42),
        actor: 'system',
        action: 'putPipelineVersion',
        object: 'version:flight-delay/6',
        text: 'weekly windows, drop holiday flag',
        link: '/ml/models/flight-delay/versions/6',
      },
      {
        at: hoursAgo(3.6),
        actor: 'policy',
        action: 'decision.start',
        object: 'decision:9',
        text: 'PSI above 0.20 for 3 weeks',
        link: '/ml/runs/run-47',
      },
      {
        at: hoursAgo(7 * 24),
        actor: 'policy',
        action: 'decision.wait',
        object: 'decision:8',
        text: 'cool-down until 9 May',
      },
      {
        at: hoursAgo(14 * 24),
        actor: 'user:default/oncall',
        action: 'acknowledgeAlert',
        object: 'alert:alert-1',
        text: 'summer timetable',
        link: '/ml/alerts/alert-1',
      },
    ],
    retrainingPaused: false,
    production: 4,
  };
}

export function home(): Home {
  return {
    approvals: approvals(),
    alerts: alerts().filter(a => a.state === 'firing'),
    failedRuns: [runFailed()],
    running: [runRunning()],
    problems: summaries(),
  };
}
