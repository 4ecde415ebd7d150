import { Plan } from './plan';
import { foldRun, foldSteps, Outcome, parseEvents, RunEvent } from './snapshot';

const plan: Plan = {
  steps: [
    { key: '@prepare', id: 'prepare', name: 'prepare', dependsOn: [] },
    { key: 'a', id: 'a', name: 'a', dependsOn: ['prepare'] },
    { key: 'loop-iteration-*/b', id: 'b-*', name: 'b', dependsOn: ['a'] },
    { key: 'c', id: 'c', name: 'c', dependsOn: ['b-*'] },
  ],
};
const at = (second: number) => `2026-01-01T00:00:0${second}.000Z`;
const started = (step: string, second = 1): RunEvent => ({
  at: at(second),
  event: 'step-started',
  step,
  inputs: { n: 1 },
});
const finished = (step: string, rest: Partial<RunEvent> = {}): RunEvent => ({
  at: at(2),
  event: 'step-finished',
  step,
  state: 'succeeded',
  ...rest,
});
const ended = (state: Outcome['state'], reason?: string): Outcome => ({
  state,
  reason,
  finishedAt: at(9),
});
const states = (events: RunEvent[], outcome?: Outcome) =>
  Object.fromEntries(
    foldSteps(plan, events, outcome).map(({ step }) => [step.id, step.state]),
  );

describe('foldSteps', () => {
  it('shows steps that have not started as waiting', () => {
    expect(states([])).toEqual({
      prepare: 'waiting',
      a: 'waiting',
      'b-*': 'waiting',
      c: 'waiting',
    });
  });

  it('shows times, inputs, outputs and the cache of a finished step', () => {
    const events = [
      started('a'),
      finished('a', { outputs: { raw: '/x' }, cached: true }),
    ];
    const [, { step }] = foldSteps(plan, events, undefined);
    expect(step).toMatchObject({
      startedAt: at(1),
      finishedAt: at(2),
      inputs: { n: 1 },
      outputs: { raw: '/x' },
      cached: true,
    });
  });

  it('puts iterations in the place of a loop once they start, in their order', () => {
    const events = ['10', '2'].map(n => started(`loop-iteration-${n}/b`));
    const steps = foldSteps(plan, events, undefined).map(({ step }) => step);
    expect(steps.map(({ id }) => id)).toEqual([
      ...['prepare', 'a', 'b-2', 'b-10', 'c'],
    ]);
    expect(steps[4].dependsOn).toEqual(['b-2', 'b-10']);
  });

  it.each<[Outcome['state'], string]>([
    ['failed', 'failed'],
    ['stopped', 'stopped'],
  ])('ends a running step with a run that %s', (state, expected) => {
    const outcome = ended(state, state === 'failed' ? 'killed' : undefined);
    const events = [started('@prepare'), finished('@prepare'), started('a')];
    expect(states(events, outcome)).toEqual({
      prepare: 'succeeded',
      a: expected,
      'b-*': 'skipped',
      c: 'skipped',
    });
    const [, { step }] = foldSteps(plan, events, outcome);
    expect(step).toMatchObject({ finishedAt: at(9), reason: outcome.reason });
  });

  it('keeps the own reason of a step that failed', () => {
    const events = [
      started('a'),
      finished('a', { state: 'failed', reason: 'r' }),
    ];
    const [, { step }] = foldSteps(plan, events, ended('failed', 'other'));
    expect(step).toMatchObject({ state: 'failed', reason: 'r' });
  });
});

describe('foldRun', () => {
  it('waits until its turn, runs, and ends as its process says', () => {
    const begun: RunEvent = { at: at(0), event: 'run-started' };
    expect(foldRun('r', [], [], undefined)).toMatchObject({ state: 'waiting' });
    expect(foldRun('r', [], [begun], undefined)).toMatchObject({
      state: 'running',
      startedAt: at(0),
    });
    expect(foldRun('r', [], [begun], ended('failed', 'why'))).toMatchObject({
      state: 'failed',
      reason: 'why',
      finishedAt: at(9),
    });
  });
});

describe('parseEvents', () => {
  it('leaves a half-written line and unknown events for later', () => {
    const line = JSON.stringify(started('a'));
    const text = `${line}\n{"event":"new-kind","at":"x"}\n${line.slice(0, 20)}`;
    expect(parseEvents(text)).toEqual([started('a')]);
  });
});
