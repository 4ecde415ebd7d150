import {
  canaryChecks,
  CanaryFacts,
  decideRollout,
  RolloutFacts,
  rolloutSteps,
} from './rollout';

const rules = { minSeconds: 10, minRequests: 20, maxErrorRate: 0.01 };

const healthy: CanaryFacts = {
  answering: true,
  silentSeconds: 0,
  requests: 100,
  errors: 0,
  p95Ms: 8,
  championP95Ms: 7,
};

const states = (facts: Partial<CanaryFacts>) =>
  canaryChecks({ ...healthy, ...facts }, rules).map(check => check.state);

function rollout(facts: Partial<RolloutFacts>) {
  return decideRollout(
    {
      steps: [10, 100],
      at: 0,
      secondsInStep: 30,
      silentSeconds: 0,
      checks: canaryChecks(healthy, rules),
      approval: 'approved',
      freeShare: 10,
      first: false,
      ...facts,
    },
    rules,
  );
}

describe('the checks of a canary', () => {
  it.each([
    ['all is well', {}, ['met', 'met', 'met']],
    ['too few requests', { requests: 19 }, ['met', 'unknown', 'unknown']],
    ['errors over the limit', { errors: 2 }, ['met', 'not-met', 'met']],
    ['errors at the limit', { errors: 1 }, ['met', 'met', 'met']],
    [
      'one early error',
      { requests: 1, errors: 1 },
      ['met', 'unknown', 'unknown'],
    ],
    [
      'many early errors',
      { requests: 5, errors: 4 },
      ['met', 'not-met', 'unknown'],
    ],
    ['slow', { p95Ms: 400 }, ['met', 'met', 'not-met']],
    ['slow in relation but fast enough', { p95Ms: 45 }, ['met', 'met', 'met']],
    [
      'silent',
      { answering: false, silentSeconds: 5 },
      ['not-met', 'met', 'met'],
    ],
    [
      'no champion to compare with',
      { championP95Ms: undefined },
      ['met', 'met', 'unknown'],
    ],
  ])('%s', (_, facts, wanted) => {
    expect(states(facts)).toEqual(wanted);
  });
});

describe('the decision on a rollout', () => {
  it.each([
    ['starts with the first step', { at: -1 }, { act: 'advance', to: 0 }],
    ['goes on when all is met', {}, { act: 'advance', to: 1 }],
    ['ends after the last step', { at: 1 }, { act: 'finish' }],
    ['waits for time', { secondsInStep: 3 }, { act: 'wait', for: 'time' }],
    [
      'waits for approval',
      { approval: 'waiting' },
      { act: 'wait', for: 'approval' },
    ],
    [
      'needs no approval for minimal risk',
      { approval: 'none', freeShare: 100 },
      { act: 'advance', to: 1 },
    ],
    [
      'lets no canary flow for high risk',
      { at: -1, approval: 'waiting', freeShare: 0 },
      { act: 'wait', for: 'approval' },
    ],
    [
      'lets a canary flow for limited risk',
      { at: -1, approval: 'waiting' },
      { act: 'advance', to: 0 },
    ],
    ['goes back when refused', { approval: 'refused' }, { act: 'rollback' }],
  ] as Array<[string, Partial<RolloutFacts>, object]>)(
    '%s',
    (_, facts, wanted) => {
      expect(rollout(facts)).toMatchObject(wanted);
    },
  );

  it('goes back by itself when the canary errs', () => {
    const checks = canaryChecks({ ...healthy, errors: 50 }, rules);
    expect(rollout({ checks })).toEqual({
      act: 'rollback',
      because: 'errors at most 1.0 %: 50 of 100 requests',
    });
  });

  it('waits for a version that is being loaded, and goes back when it stays silent', () => {
    const checks = canaryChecks({ ...healthy, answering: false }, rules);
    expect(rollout({ at: -1, checks, silentSeconds: 5 })).toMatchObject({
      act: 'wait',
      for: 'answer',
    });
    expect(rollout({ checks, silentSeconds: 61 })).toMatchObject({
      act: 'rollback',
    });
  });

  it('waits for enough requests, however long it takes', () => {
    const checks = canaryChecks({ ...healthy, requests: 3 }, rules);
    expect(rollout({ checks, secondsInStep: 9999 })).toMatchObject({
      act: 'wait',
      for: 'checks',
    });
  });

  it('counts a first deployment as all traffic', () => {
    const first = { steps: rolloutSteps([10, 100], true), at: -1, first: true };
    expect(rollout({ ...first, approval: 'waiting' })).toMatchObject({
      act: 'wait',
      for: 'approval',
    });
    expect(rollout({ ...first, approval: 'none', freeShare: 100 })).toEqual({
      act: 'advance',
      to: 0,
    });
  });
});

describe('the steps of a rollout', () => {
  it.each([
    [[10, 100], false, [10, 100]],
    [[50, 10, 10, 100], false, [10, 50, 100]],
    [[], false, [100]],
    [[10], false, [10, 100]],
    [[10, 50], true, [100]],
  ])('%j, first: %s', (canary, first, steps) => {
    expect(rolloutSteps(canary, first)).toEqual(steps);
  });
});
