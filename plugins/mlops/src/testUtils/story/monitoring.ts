import {
  Alert,
  FeatureDetail,
  FeatureScores,
  MonitoringView,
  Period,
  QualityPoint,
  Score,
} from '@mlops-portal/plugin-mlops-common';
import { Answers } from '../answers';
import { alerts, decision } from './alerts';
import { featureSegments } from './segments';
import { WEEKS, hoursAgo } from './time';

const SEEN = WEEKS.slice(-12);
const LIMIT = 0.2;

/** Scores of twelve weeks; null is a week without rows, -1 one with too few. */
const SCORES: Record<string, Array<number | null>> = {
  prev_delay_origin: [
    0.04, 0.05, 0.06, 0.05, 0.03, 0.07, 0.08, 0.11, 0.16, 0.25, 0.31, 0.35,
  ],
  late_rate_origin_24h: [
    0.04, 0.04, 0.05, 0.05, 0.04, 0.06, 0.07, 0.09, 0.13, 0.19, 0.22, 0.24,
  ],
  late_rate_route_7d: [
    0.02,
    0.02,
    0.03,
    0.03,
    0.03,
    0.04,
    null,
    -1,
    0.07,
    0.11,
    0.14,
    0.17,
  ],
  departures_origin_1h: [
    0.01, 0.01, 0.02, 0.02, 0.02, 0.02, 0.03, 0.04, 0.04, 0.05, 0.05, 0.05,
  ],
  hour: [0, 0, 0.01, 0.01, 0, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01],
  origin: [0, 0.01, 0.01, 0.01, 0, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01],
  prediction: [
    0.03, 0.04, 0.03, 0.04, 0.03, 0.05, 0.06, 0.08, 0.12, 0.17, 0.19, 0.21,
  ],
};
const IMPORTANCE: Record<string, number> = {
  prev_delay_origin: 0.31,
  late_rate_origin_24h: 0.21,
  late_rate_route_7d: 0.1,
  departures_origin_1h: 0.05,
  hour: 0.17,
  origin: 0.03,
  prediction: 0,
};
const FLOOR = 0.07;

function healthOf(score: number | null): Score['health'] {
  if (score === null) return 'no-data';
  if (score < 0) return 'not-enough-data';
  if (score > LIMIT) return 'drift';
  return score > FLOOR ? 'above-noise' : 'well';
}

function rowsOf(score: number | null): number {
  if (score === null) return 0;
  return score < 0 ? 412 : 115_842;
}

function scoresOf(feature: string): Score[] {
  return SCORES[feature].map((value, i) => ({
    window: SEEN[i],
    health: healthOf(value),
    score: value === null || value < 0 ? null : value,
    noiseFloor: value === null ? null : FLOOR,
    n: rowsOf(value),
    missing: value === null ? null : 0.002,
    under: 0.001,
    over: 0.004,
  }));
}

function features(): FeatureScores[] {
  return Object.keys(SCORES).map(feature => {
    const scores = scoresOf(feature);
    const last = scores[scores.length - 1];
    return {
      feature,
      kind: feature === 'origin' ? 'text' : 'number',
      role: feature === 'prediction' ? 'prediction' : 'feature',
      importance: IMPORTANCE[feature],
      impact: IMPORTANCE[feature] * (last.score ?? 0),
      health: last.health,
      over: scores.filter(s => s.health === 'drift').length,
      scores,
    };
  });
}

function quality(): QualityPoint[] {
  const auc = [
    0.712, 0.709, 0.713, 0.719, 0.722, 0.717, 0.721, 0.718, 0.716, 0.712, 0.708,
    0.704,
  ];
  return auc.map((value, i) => ({
    window: SEEN[i],
    health: 'well',
    metric: 'roc_auc',
    value: i === 6 ? null : value,
    low: i === 6 ? null : value - 0.004,
    high: i === 6 ? null : value + 0.004,
    predictions: 115_842,
    labels: i === 6 ? 0 : 112_830,
    coverage: i === 6 ? 0 : 0.974,
    meanPrediction: 0.187,
    meanLabel: 0.112,
  }));
}

/** A whole week that v4 answered alone. */
export function periodOf(window: string, over: Partial<Period> = {}): Period {
  return {
    window,
    version: 4,
    share: 1,
    days: 7,
    ofDays: 7,
    open: false,
    starts: [],
    ...over,
  };
}

export function monitoringView(
  over: Partial<MonitoringView> = {},
): MonitoringView {
  return {
    endpoint: 'flight-delay',
    asServed: true,
    version: 4,
    versions: [4, 6],
    health: 'drift',
    headline: {
      key: 'drift',
      values: {
        version: 4,
        limit: LIMIT,
        minRows: 1000,
        size: 'week',
        feature: 'prev_delay_origin',
        score: 0.35,
        noiseFloor: FLOOR,
        n: 115_842,
        window: '2001-05-07',
        over: 3,
      },
    },
    cell: 'week',
    limit: LIMIT,
    minRows: 1000,
    reference: {
      version: 4,
      from: '2001-01-01T00:00:00Z',
      to: '2001-02-28T23:59:00Z',
      rows: 972_416,
    },
    windows: SEEN,
    periods: SEEN.map(window => periodOf(window)),
    standing: { waits: null, before: null },
    clock: { kind: 'event', now: '2001-05-14T07:40:00Z' },
    evaluatedAt: hoursAgo(0.5),
    capture: {
      served: 1_390_200,
      captured: 1_389_900,
      refused: 0,
      unknownLabels: 3,
    },
    volume: SEEN.map((window, i) => ({
      window,
      predictions: 110_000 + ((i * 2731) % 7000),
      labels: i === 6 ? 0 : 108_000 + ((i * 2731) % 7000),
    })),
    quality: quality(),
    qualityMetric: {
      name: 'roc_auc',
      direction: 'maximize',
      target: 0.7,
      reference: 0.724,
    },
    features: features(),
    ...over,
  };
}

export function featureDetail(
  feature: string,
  window = SEEN[SEEN.length - 1],
): FeatureDetail {
  const trend = scoresOf(feature);
  const labels = ['<= -9', '-9 - -6', '-6 - -2', '-2 - 3', '3 - 15', '> 15'];
  const reference = [0.102, 0.198, 0.201, 0.196, 0.204, 0.099];
  const current = [0.262, 0.285, 0.182, 0.118, 0.099, 0.054];
  return {
    feature,
    kind: 'number',
    window,
    version: 4,
    reference: { from: '2001-01-01T00:00:00Z', to: '2001-02-28T23:59:00Z' },
    score: trend.find(s => s.window === window)!,
    limit: LIMIT,
    importance: IMPORTANCE[feature],
    referenceRows: 972_416,
    cells: [...labels, 'missing'].map((label, i) => {
      const p = reference[i] ?? 0.0001;
      const q = current[i] ?? 0.0001;
      return {
        label,
        reference: reference[i] ?? 0,
        current: current[i] ?? 0,
        contribution: (q - p) * Math.log(q / p),
      };
    }),
    trend,
  };
}

/** Answers about monitoring of the story: two features over the limit, one alert that nobody has. */
export function monitoringAnswers(view = monitoringView()): Answers {
  const one = (id: string): Alert =>
    alerts().find(alert => alert.id === id) ?? alerts()[0];
  return {
    getMonitoring: () => view,
    getFeature: ({ params, query }) =>
      featureDetail(params.feature, query.window),
    getFeatureSegments: ({ params }) =>
      featureSegments({ feature: params.feature }),
    evaluateMonitoring: () => ({
      health: view.health,
      windows: 12,
      alerts: 1,
      decisions: [decision()],
    }),
    getAlert: ({ params }) => one(params.id),
    acknowledgeAlert: ({ params }) => one(params.id),
    muteAlert: ({ params }) => one(params.id),
    retrain: () => decision(),
    getRetraining: ({ params }) => ({
      problem: params.problem,
      policy: {
        schedule: '',
        when: ['drift', 'quality'],
        coolDownDays: 30,
        neededWindows: 2,
        limit: LIMIT,
        window: 'week',
        minRows: 1000,
        canary: [10, 100],
      },
      paused: false,
      decisions: [
        decision(),
        {
          ...decision(),
          id: 'decision-8',
          outcome: 'wait',
          cause: 'cool-down',
          because: 'last retraining 9 Apr, cool-down 30 days',
          runId: undefined,
          at: hoursAgo(170),
        },
      ],
    }),
  };
}
