import { NotFoundError } from '@backstage/errors';
import { Step } from '@mlops-portal/plugin-mlops-common';
import { cachedFrom } from './cachedFrom';

const step = (outputs: Record<string, unknown>, cached = false): Step => ({
  id: 'extract',
  name: 'extract',
  state: 'succeeded',
  cached,
  dependsOn: [],
  inputs: {},
  outputs,
});

function runsWith(steps: Record<string, Step[]>) {
  return {
    row: async () => ({ pipeline: 'flight-delay' } as never),
    steps: async (id: string) => steps[id],
    list: async () =>
      ({ items: Object.keys(steps).map(id => ({ id })), total: 0 } as never),
  };
}

describe('cachedFrom', () => {
  it('finds the runs that made what a cached step took over', async () => {
    const runs = runsWith({
      now: [step({ raw: '/runs/1/raw' }, true)],
      second: [step({ raw: '/runs/2/raw' })],
      first: [step({ raw: '/runs/1/raw' })],
    });
    expect(await cachedFrom(runs, 'now')).toEqual(['first']);
  });

  it('does not go by values, or by steps that ran', async () => {
    const runs = runsWith({
      now: [step({ score: 3 }, true), step({ raw: '/runs/1/raw' })],
      first: [step({ score: 3, raw: '/runs/1/raw' })],
    });
    expect(await cachedFrom(runs, 'now')).toEqual([]);
  });

  it('finds none for a run of an outside program, and fails where the runs cannot be read', async () => {
    const failing = (error: Error) => ({
      ...runsWith({}),
      row: async () => {
        throw error;
      },
    });
    const outside = failing(new NotFoundError('there is no run outside'));
    expect(await cachedFrom(outside, 'outside')).toEqual([]);
    const away = cachedFrom(failing(new Error('database away')), 'now');
    await expect(away).rejects.toThrow('database away');
  });
});
