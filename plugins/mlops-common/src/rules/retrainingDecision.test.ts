import { decideRetraining, RetrainingState } from './retrainingDecision';

const policy = {
  when: ['drift', 'quality'],
  coolDownDays: 7,
  neededWindows: 2,
  schedule: '0 3 * * 1',
};
const alert = {
  kind: 'drift',
  subject: 'recent_delay',
  windowsOver: 2,
  score: 0.246,
  limit: 0.2,
  window: '2001-04-30',
};
const state: RetrainingState = {
  trigger: 'alert',
  now: '2001-05-07T00:00:00Z',
  wall: '2026-11-24T10:00:00Z',
  hasPipeline: true,
  alert,
};
const person = { actor: 'user:default/ada', reason: 'because' };

describe('decideRetraining', () => {
  it.each<[string, Partial<RetrainingState>, string, string]>([
    ['enough windows over the limit', {}, 'start', 'none'],
    [
      'one window only',
      { alert: { ...alert, windowsOver: 1 } },
      'wait',
      'more-windows',
    ],
    [
      'back under the limit',
      { alert: { ...alert, windowsOver: 0 } },
      'ignore',
      'below-limit',
    ],
    [
      'an alert that policy does not name',
      { alert: { ...alert, kind: 'data-quality' } },
      'ignore',
      'policy-off',
    ],
    [
      'a muted alert',
      { alert: { ...alert, mutedUntil: '2026-12-01T00:00:00Z' } },
      'ignore',
      'muted',
    ],
    [
      'a mute that has ended',
      { alert: { ...alert, mutedUntil: '2026-11-01T00:00:00Z' } },
      'start',
      'none',
    ],
    ['a run under way', { activeRun: 7 }, 'wait', 'run-active'],
    ['a run about to start', { activeRun: 'starting' }, 'wait', 'run-active'],
    ['no pipeline', { hasPipeline: false }, 'ignore', 'no-pipeline'],
    [
      'a pause',
      { paused: { by: 'ada', reason: 'holidays' } },
      'ignore',
      'paused',
    ],
    [
      'a start six days before',
      { lastStart: '2001-05-01T00:00:00Z' },
      'wait',
      'cool-down',
    ],
    [
      'a start seven days before',
      { lastStart: '2001-04-30T00:00:00Z' },
      'start',
      'none',
    ],
    [
      'a start ahead of a replay that was set back',
      { lastStart: '2001-06-01T00:00:00Z' },
      'start',
      'none',
    ],
    [
      'the schedule',
      { trigger: 'schedule', alert: undefined },
      'start',
      'none',
    ],
    [
      'the schedule within the cool-down',
      { trigger: 'schedule', lastStart: '2001-05-06T00:00:00Z' },
      'wait',
      'cool-down',
    ],
    [
      'the schedule while paused',
      { trigger: 'schedule', paused: { by: 'a', reason: 'b' } },
      'ignore',
      'paused',
    ],
    ['a person', { trigger: 'person', person }, 'start', 'none'],
    [
      'a person, paused and within the cool-down',
      {
        trigger: 'person',
        person,
        paused: { by: 'a', reason: 'b' },
        lastStart: '2001-05-06T00:00:00Z',
      },
      'start',
      'none',
    ],
    [
      'a person with a run under way',
      { trigger: 'person', person, activeRun: 3 },
      'wait',
      'run-active',
    ],
  ])('%s', (_, change, outcome, cause) => {
    const verdict = decideRetraining(policy, { ...state, ...change });
    expect([verdict.outcome, verdict.cause]).toEqual([outcome, cause]);
    expect(verdict.because).toMatch(/.{10}/);
  });

  it('says in one sentence what it rests on', () => {
    expect(decideRetraining(policy, state).because).toBe(
      'recent_delay drifts: 0.246 against a limit of 0.2 in the window from 2001-04-30, 2 in a row',
    );
    expect(
      decideRetraining(policy, { ...state, lastStart: '2001-05-06T00:00:00Z' })
        .because,
    ).toBe(
      'the last retraining started on 2001-05-06; the next may start 7 days later, on 2001-05-13',
    );
  });
});
