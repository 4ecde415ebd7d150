import { Alert, Decision } from '@mlops-portal/plugin-mlops-common';
import { hoursAgo } from './time';

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
