import { Endpoint } from '@mlops-portal/plugin-mlops-common';
import { MonitoringSummary, ProblemFacts } from '../slices';
import { loopOf } from './loop';

const facts = { name: 'flight-delay' } as ProblemFacts;
const endpoint = { name: 'flight-delay', revisions: [] } as unknown as Endpoint;
const summary: MonitoringSummary = {
  health: 'well',
  alerts: 0,
  quality: [],
  starts: [],
  clock: { kind: 'event', now: '2001-05-11T00:00:00Z' },
};

function monitoringStation(monitoring?: MonitoringSummary) {
  const now = new Date('2026-01-05T00:00:00Z');
  return loopOf({ facts, endpoint, monitoring, now }).at(-1)!;
}

describe('the monitoring station', () => {
  it('names the feature that moves most, with its limit and noise floor', () => {
    const station = monitoringStation({
      ...summary,
      health: 'drift',
      worst: {
        feature: 'recent_delay',
        score: 0.31,
        limit: 0.2,
        noiseFloor: 0.11,
        n: 21_000,
        window: '2001-04-23',
        over: 1,
      },
    });
    expect(station).toMatchObject({
      title: 'recent_delay',
      state: 'drift',
      figure: { value: 0.31, unit: 'psi' },
      facts: [
        { key: 'limit-floor', values: { limit: 0.2, floor: 0.11 } },
        { key: 'week', values: { window: '2001-04-23', n: 21_000 } },
      ],
    });
  });

  it('says of a new version when its first verdict comes and how the one before stood', () => {
    const station = monitoringStation({
      ...summary,
      health: 'not-enough-data',
      standing: {
        health: 'not-enough-data',
        version: 2,
        waits: {
          for: 'window',
          window: '2001-05-07',
          days: 4,
          ofDays: 7,
          rows: 1260,
          due: '2001-05-14',
        },
        before: { version: 1, health: 'drift', window: '2001-04-30' },
      },
    });
    expect(station.state).toBe('not-enough-data');
    expect(station.facts).toEqual([
      { key: 'verdict-due', values: { window: '2001-05-14' } },
      { key: 'before-drift', values: { version: 1, window: '2001-04-30' } },
    ]);
  });

  it('is ahead while nothing is served', () => {
    expect(monitoringStation(undefined).state).toBe('not-reached');
  });
});

describe('the endpoint station', () => {
  const now = new Date('2026-01-05T00:00:00Z');
  const station = (observedAt: string, state = 'answering') =>
    loopOf({
      facts,
      now,
      endpoint: {
        ...endpoint,
        engine: 'local',
        state,
        observedAt,
        revisions: [{ version: 2, percent: 100, requests: 4, errors: 0 }],
      } as unknown as Endpoint,
    }).find(each => each.station === 'endpoint')!;

  it('shows the state that its engine told a moment ago', () => {
    expect(station('2026-01-04T23:59:30Z')).toMatchObject({
      state: 'answering',
      facts: [
        { key: 'traffic', values: { traffic: 'v2 100%' } },
        { key: 'errors', values: { share: 0 } },
      ],
    });
  });

  it('is unknown once its engine is silent, and keeps what was known with its time', () => {
    const observedAt = '2026-01-04T23:58:00Z';
    expect(station(observedAt)).toMatchObject({
      state: 'unknown',
      at: observedAt,
      facts: [
        { key: 'silent', values: { engine: 'local' } },
        { key: 'traffic', values: { traffic: 'v2 100%' } },
        { key: 'errors', values: { share: 0 } },
      ],
    });
  });

  it('asks nothing of an endpoint that is retired', () => {
    expect(station('2025-01-01T00:00:00Z', 'retired').state).toBe('retired');
  });
});
