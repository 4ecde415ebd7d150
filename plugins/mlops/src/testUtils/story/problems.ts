import {
  Alert,
  Approval,
  AuditEntry,
  Decision,
  EngineStatus,
  Home,
  ProblemDetail,
  ProblemSummary,
} from '@mlops-portal/plugin-mlops-common';
import { COMMIT, runFailed, runRunning } from './runs';
import { WEEKS, hoursAgo } from './time';

const AUC = [
  0.694, 0.698, 0.701, 0.711, 0.708, 0.712, 0.709, 0.713, 0.719, 0.722, 0.717,
  0.721, 0.718, 0.716, 0.712, 0.708, 0.704,
];

export function alerts(): Alert[] {
  const evidence = {
    window: '2001-05-07',
    score: 0.35,
    limit: 0.2,
    noiseFloor: 0.09,
    n: 115842,
    version: 4,
    windowsOver: 3,
    cells: {
      labels: ['≤ −5', '−5 to 0', '0 to 8', '8 to 22', '> 22', 'missing'],
      reference: [0.2, 0.2, 0.2, 0.2, 0.19, 0.01],
      current: [0.31, 0.27, 0.19, 0.13, 0.09, 0.01],
    },
  };
  return [
    {
      id: 'alert-1',
      endpoint: 'flight-delay',
      kind: 'drift',
      subject: 'prev_delay_origin',
      state: 'firing',
      title: 'Drift on prev_delay_origin',
      evidence,
      firedAt: hoursAgo(14 * 24),
      eventTime: '2001-04-30T00:00:00Z',
      acknowledgedBy: 'user:default/oncall',
      acknowledgedAt: hoursAgo(13 * 24),
      acknowledgeReason: 'summer timetable',
      decisionId: 'decision-9',
    },
    {
      id: 'alert-2',
      endpoint: 'flight-delay',
      kind: 'drift',
      subject: 'late_rate_origin_24h',
      state: 'firing',
      title: 'Drift on late_rate_origin_24h',
      evidence: { ...evidence, score: 0.24, windowsOver: 1 },
      firedAt: hoursAgo(7 * 24),
      eventTime: '2001-05-07T00:00:00Z',
    },
    {
      id: 'alert-3',
      endpoint: 'flight-delay',
      kind: 'drift',
      subject: 'dep_hour',
      state: 'resolved',
      title: 'Drift on dep_hour',
      evidence: { ...evidence, score: 0.22, windowsOver: 1 },
      firedAt: hoursAgo(40 * 24),
      resolvedAt: hoursAgo(33 * 24),
      eventTime: '2001-04-02T00:00:00Z',
    },
  ];
}

export function approvals(): Approval[] {
  return [
    {
      id: 'apr-118',
      model: 'flight-delay',
      version: 6,
      endpoint: 'flight-delay',
      state: 'waiting',
      riskClass: 'limited',
      requestedBy: 'user:default/ann',
      requestedAt: hoursAgo(1),
      reason: 'v4 is calibrated for winter; v6 fixes it, numbers below',
      exception: false,
      fourEyesWaived: false,
      metric: { name: 'roc_auc', value: 0.721, champion: 0.704 },
      conditions: [
        {
          condition: 'better than production on the same rows',
          state: 'met',
          detail: 'AUC +0.017, 95% interval 0.012 to 0.022, n = 112,830',
        },
        {
          condition: 'no slice worse by more than 0.01',
          state: 'met',
          detail: '7 of 7 slices with n over 1,000',
        },
        {
          condition: 'digest of the artefact checked',
          state: 'met',
          detail: 'sha256 c07e…91',
        },
        {
          condition: 'signature as in production',
          state: 'met',
          detail: '10 inputs, 2 outputs',
        },
        {
          condition: 'requester and approver differ',
          state: 'met',
          detail: '',
        },
        {
          condition: 'canary of 24 h at 10% or more',
          state: 'not-met',
          detail: '1 h 28 min so far',
        },
        {
          condition: 'AUC of the canary against v4',
          state: 'unknown',
          detail: 'no labels yet; the first come tomorrow at 05:00',
        },
      ],
    },
  ];
}

export function decision(): Decision {
  return {
    id: 'decision-9',
    problem: 'flight-delay',
    at: hoursAgo(3.6),
    eventTime: '2001-05-14T00:00:00Z',
    trigger: 'alert',
    outcome: 'start',
    cause: 'none',
    because: 'prev_delay_origin 3 weeks above 0.20, cool-down over since 9 May',
    actor: 'policy',
    runId: 'run-47',
    runNumber: 47,
    versionMade: 6,
    alertId: 'alert-1',
  };
}

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

export function loop(): ProblemDetail['loop'] {
  return [
    {
      station: 'data',
      title: 'flights',
      state: 'fresh',
      figure: { value: 2192318, unit: 'rows' },
      facts: [
        {
          key: 'window',
          values: { from: '2001-01-01', to: '2001-05-13' },
        },
        { key: 'digest', values: { digest: '9f3c61aa' } },
      ],
      at: hoursAgo(3),
      link: '/ml/lineage?node=data:9f3c61',
    },
    {
      station: 'features',
      title: 'flight-delay',
      state: 'fresh',
      figure: { value: 10, unit: 'features' },
      facts: [{ key: 'numbers-texts', values: { numbers: 7, texts: 3 } }],
      at: hoursAgo(3),
    },
    {
      station: 'pipeline',
      title: 'flight-delay',
      state: 'succeeded',
      figure: { value: 252, unit: 'seconds' },
      facts: [
        { key: 'run', values: { number: 47, trigger: 'alert' } },
        { key: 'usually', values: { seconds: 245 } },
      ],
      at: hoursAgo(3.42),
      link: '/ml/runs/run-47',
    },
    {
      station: 'version',
      title: 'flight-delay v6',
      state: 'waiting',
      figure: { value: 0.721, unit: 'roc_auc' },
      facts: [
        { key: 'against-champion', values: { difference: 0.017, version: 4 } },
        { key: 'n', values: { n: 112830 } },
      ],
      at: hoursAgo(3.42),
      link: '/ml/models/flight-delay/versions/6',
    },
    {
      station: 'endpoint',
      title: 'flight-delay',
      state: 'canary',
      figure: { value: 15840, unit: 'requests' },
      facts: [
        { key: 'traffic', values: { traffic: 'v4 90 %, v6 10 %' } },
        { key: 'latency', values: { p95: 11 } },
        { key: 'errors', values: { share: 0.0001 } },
      ],
      at: hoursAgo(1.47),
      link: '/ml/endpoints/flight-delay',
    },
    {
      station: 'monitoring',
      title: 'prev_delay_origin',
      state: 'drift',
      figure: { value: 0.35, unit: 'psi' },
      facts: [
        { key: 'limit-floor', values: { limit: 0.2, floor: 0.09 } },
        {
          key: 'week',
          values: { window: '2001-05-07', n: 115842 },
        },
      ],
      at: hoursAgo(2),
      link: '/ml/endpoints/flight-delay/monitoring',
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

export function engines(): EngineStatus[] {
  const base = {
    version: '0.1.0',
    capabilities: {},
    links: [],
    state: 'answering' as const,
    lastContact: hoursAgo(0.003),
    breaker: 'closed' as const,
    latencyMs: 12,
  };
  return [
    {
      ...base,
      contract: 'pipelines',
      id: 'local',
      title: 'Pipelines on this machine',
      capabilities: { stop: true, cache: true, parallelRuns: 2 },
    },
    {
      ...base,
      contract: 'serving',
      id: 'local',
      title: 'Gateway on this machine',
      capabilities: { canary: true, shadow: false },
    },
    {
      ...base,
      contract: 'source',
      id: 'local',
      title: 'Repositories on this machine',
    },
    {
      ...base,
      contract: 'artifacts',
      id: 'local',
      title: 'Files of this machine',
    },
    {
      ...base,
      contract: 'pipelines',
      id: 'kubeflow',
      title: 'Kubeflow Pipelines',
      state: 'not-answering',
      reason: 'connect ECONNREFUSED',
      lastContact: hoursAgo(0.07),
      breaker: 'open',
      latencyMs: undefined,
    },
  ];
}

export function audit(): AuditEntry[] {
  return problem().activity.map((item, i) => ({
    id: `audit-${i}`,
    at: item.at,
    actor: item.actor,
    action: item.action,
    object: item.object,
    reason: i % 2 ? 'canary looked quiet' : undefined,
    outcome: i === 2 ? 'refused' : 'done',
    detail: i === 1 ? { traffic: [{ version: 6, percent: 10 }] } : {},
  }));
}
