import { ApprovalEvidence, conditionsOf } from './conditions';
import { VersionFacts } from './modelEvent';

const signature = (...names: string[]) => ({
  task: 'binary',
  classes: [],
  inputs: names.map(name => ({ name, datatype: 'FP64', shape: [-1, 1] })),
});

const facts = (changes: Partial<VersionFacts> = {}): VersionFacts => ({
  task: 'binary',
  framework: 'lightgbm',
  signature: signature('distance'),
  parameters: {},
  metrics: { roc_auc: 0.71, log_loss: 0.4 },
  baseline: { roc_auc: 0.5, log_loss: 0.7 },
  champion: {},
  gate: [{ condition: 'roc_auc >= 0.65', state: 'met', detail: '' }],
  plots: {},
  slices: [],
  importances: {},
  ...changes,
});

const evidence = (
  changes: Partial<ApprovalEvidence> = {},
): ApprovalEvidence => ({
  state: 'ready',
  sha256: 'c'.repeat(64),
  facts: facts(),
  primaryMetric: 'roc_auc',
  requestedBy: 'ada',
  decidedBy: 'bo',
  selfApprovalAllowed: false,
  ...changes,
});

const stateOf = (condition: string, changes: Partial<ApprovalEvidence>) =>
  conditionsOf(evidence(changes)).find(c => c.condition === condition)?.state;

describe('conditionsOf', () => {
  it('is met all over for a good version that another person decides on', () => {
    const states = conditionsOf(evidence()).map(({ state }) => state);
    expect(states).toEqual(['met', 'met', 'met', 'met']);
  });

  it.each([
    ['ready', 'met'],
    ['pending', 'unknown'],
    ['failed', 'not-met'],
  ] as const)('reads a digest that is %s as %s', (state, verdict) => {
    expect(stateOf('digest of the artefact checked', { state })).toBe(verdict);
  });

  it.each([
    ['roc_auc', { roc_auc: 0.71 }, { roc_auc: 0.5 }, 'met'],
    ['roc_auc', { roc_auc: 0.5 }, { roc_auc: 0.5 }, 'not-met'],
    ['log_loss', { log_loss: 0.4 }, { log_loss: 0.7 }, 'met'],
    ['rmse', { rmse: 9 }, { rmse: 7 }, 'not-met'],
    ['rmse', { rmse: 9 }, {}, 'unknown'],
    [null, { rmse: 9 }, { rmse: 7 }, 'unknown'],
  ])('compares %s %j with the baseline %j: %s', (name, mine, base, verdict) => {
    const changed = {
      primaryMetric: name,
      facts: facts({
        metrics: mine as Record<string, number>,
        baseline: base as Record<string, number>,
      }),
    };
    expect(stateOf('better than the baseline', changed)).toBe(verdict);
  });

  it('asks once what the gate of the run and the registry both ask', () => {
    const gate = [
      {
        condition: 'better than the baseline',
        state: 'met' as const,
        detail: '',
      },
    ];
    const found = conditionsOf(evidence({ facts: facts({ gate }) })).filter(
      c => c.condition === 'better than the baseline',
    );
    expect(found).toEqual([
      {
        condition: 'better than the baseline',
        state: 'met',
        detail: 'roc_auc 0.71, baseline 0.5',
        checkedBy: 'both',
      },
    ]);
  });

  it('does not take a run without a gate for one that passed', () => {
    const changed = { facts: facts({ gate: [] }) };
    expect(stateOf('gate of the run', changed)).toBe('unknown');
  });

  it('names inputs that clients would have to change', () => {
    const production = { version: 3, signature: signature('distance', 'hour') };
    const condition = conditionsOf(evidence({ production })).find(
      c => c.condition === 'signature as in production',
    );
    expect(condition).toMatchObject({
      state: 'not-met',
      detail: 'against version 3: without hour FP64',
    });
    const same = { version: 3, signature: signature('distance') };
    expect(stateOf('signature as in production', { production: same })).toBe(
      'met',
    );
  });

  it.each([
    [undefined, false, 'unknown'],
    ['bo', false, 'met'],
    ['ada', false, 'not-met'],
    ['ada', true, 'met'],
    [undefined, true, 'met'],
  ])(
    'judges four eyes: decided by %s, waived %s: %s',
    (decidedBy, waived, verdict) => {
      const changed = { decidedBy, selfApprovalAllowed: waived };
      expect(stateOf('requester and approver differ', changed)).toBe(verdict);
    },
  );
});
