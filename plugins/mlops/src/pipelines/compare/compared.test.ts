import { RunDetail, VersionDetail } from '@mlops-portal/plugin-mlops-common';
import { runDetail } from '../../testUtils/story/runs';
import { versionDetail } from '../../testUtils/story/registry';
import {
  betterOf,
  chosenOf,
  metricsOf,
  onSameRows,
  parametersOf,
  stepsOf,
} from './compared';

const of = (run: Partial<RunDetail>, version?: Partial<VersionDetail>) => ({
  run: { ...runDetail('run-47'), ...run },
  version: version && { ...versionDetail(6), ...version },
});
const auc = (value: number) => ({ name: 'roc_auc', value });

describe('metrics of runs', () => {
  it('take the metric of the problem first, and none for what a run lacks', () => {
    const all = [
      of({ metric: auc(0.7) }),
      of({ metric: auc(0.72) }, { metrics: { brier: 0.1, roc_auc: 0.72 } }),
    ];
    expect(metricsOf(all)).toEqual([
      { name: 'roc_auc', direction: 'maximize', values: [0.7, 0.72] },
      { name: 'brier', direction: 'minimize', values: [undefined, 0.1] },
    ]);
  });

  it.each([
    ['maximize', [0.7, 0.72, undefined], 1],
    ['minimize', [0.7, 0.72], 0],
    ['maximize', [0.7, 0.7], null],
    ['maximize', [0.7, undefined], undefined],
  ] as const)('have a better one: %s %p', (direction, values, better) => {
    expect(betterOf({ name: 'm', direction, values: [...values] })).toBe(
      better,
    );
  });

  it('are on the same rows only where every window is known and the same', () => {
    const test = { from: '2001-05-07', to: '2001-05-13', rows: 10 };
    const later = { ...test, to: '2001-05-20' };
    expect(onSameRows([of({}, { test }), of({}, { test })])).toBe(true);
    expect(onSameRows([of({}, { test }), of({}, { test: later })])).toBe(false);
    expect(onSameRows([of({}, { test }), of({})])).toBe(false);
    expect(onSameRows([of({}), of({})])).toBe(false);
  });
});

describe('parameters of runs', () => {
  it('put those first that differ', () => {
    expect(
      parametersOf([
        { seed: 1, depth: 6, names: ['a'] },
        { seed: 1, depth: 7, names: ['a'], extra: true },
      ]).map(({ name, differs }) => [name, differs]),
    ).toEqual([
      ['depth', true],
      ['extra', true],
      ['seed', false],
      ['names', false],
    ]);
  });

  it('are those of the best trial, else of the version', () => {
    expect(chosenOf(of({}))).toHaveProperty('booster');
    expect(chosenOf(of({ trials: [] }, { parameters: { depth: 3 } }))).toEqual({
      depth: 3,
    });
    expect(chosenOf(of({ trials: [] }))).toEqual({});
  });
});

describe('steps of runs', () => {
  const step = (name: string, seconds?: number, cached = false) => ({
    id: `${name}-${seconds}`,
    name,
    state: 'succeeded' as const,
    cached,
    startedAt: seconds === undefined ? undefined : '2026-01-01T00:00:00Z',
    finishedAt: new Date(
      Date.UTC(2026, 0, 1, 0, 0, seconds ?? 0),
    ).toISOString(),
    dependsOn: [],
    inputs: {},
    outputs: {},
  });

  it('add up under one name, and differ beyond what runs differ by anyway', () => {
    const all = [
      of({ steps: [step('read', 10), step('trial', 20), step('trial', 20)] }),
      of({ steps: [step('read', 11), step('trial', 60)] }),
    ];
    expect(stepsOf(all)).toEqual([
      {
        name: 'read',
        seconds: [10, 11],
        cached: [false, false],
        differs: false,
      },
      {
        name: 'trial',
        seconds: [40, 60],
        cached: [false, false],
        differs: true,
      },
    ]);
  });

  it('differ where only one run has them, and say what came from the cache', () => {
    const all = [
      of({ steps: [step('read', 1, true), step('skipped')] }),
      of({ steps: [step('read', 1, true), step('fit', 3)] }),
    ];
    expect(stepsOf(all).map(s => [s.name, s.cached, s.differs])).toEqual([
      ['read', [true, true], false],
      ['skipped', [false, false], false],
      ['fit', [false, false], true],
    ]);
  });
});
