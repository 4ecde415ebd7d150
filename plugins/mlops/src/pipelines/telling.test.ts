import { Step } from '@mlops-portal/plugin-mlops-common';
import { candidateOf, telling } from './telling';

const step = (id: string, state: Step['state'], seconds?: number): Step => ({
  id,
  name: id,
  state,
  cached: false,
  dependsOn: [],
  inputs: {},
  outputs: {},
  ...(seconds === undefined
    ? {}
    : {
        startedAt: '2026-01-01T00:00:00.000Z',
        finishedAt: new Date(
          Date.parse('2026-01-01T00:00:00.000Z') + seconds * 1000,
        ).toISOString(),
      }),
});

describe('telling', () => {
  it.each([
    [
      [step('a', 'succeeded', 9), step('b', 'failed', 1), step('c', 'skipped')],
      'b',
    ],
    [[step('a', 'succeeded', 9), step('b', 'running', 1)], 'b'],
    [
      [
        step('extract', 'succeeded', 5),
        step('train', 'succeeded', 18),
        step('register', 'succeeded', 0),
      ],
      'train',
    ],
    [[step('a', 'waiting'), step('b', 'waiting')], 'a'],
    [[], undefined],
  ])('opens %# with %s', (steps, id) => {
    expect(telling(steps)?.id).toBe(id);
  });
});

describe('candidateOf', () => {
  it.each([
    [{ candidate: 0 }, 0],
    [{ candidate: '3' }, 3],
    [{ candidate: '' }, undefined],
    [{ candidate: 'best' }, undefined],
    [{}, undefined],
  ])('reads %j as %s', (inputs, number) => {
    expect(candidateOf({ inputs })).toBe(number);
  });
});
