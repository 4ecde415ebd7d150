import { Knex } from 'knex';
import { eachDatabase } from '../database/__testUtils__/eachDatabase';
import { PipelineStore } from './PipelineStore';
import { NewRun } from './newRun';
import { RunStore } from './RunStore';

jest.setTimeout(60_000);

const commit = 'a'.repeat(40);

async function withPipeline(knex: Knex, pipeline = 'flight-delay') {
  await new PipelineStore(knex).put({ pipeline, commit, ir: '', message: '' });
  return new RunStore(knex);
}

const newRun = (idempotencyKey: string, changes: Partial<NewRun> = {}) => ({
  pipeline: 'flight-delay',
  engine: 'fake',
  commit,
  message: 'first',
  trigger: 'person' as const,
  actor: 'user:default/ada',
  parameters: {},
  cache: true,
  idempotencyKey,
  ...changes,
});

describe('RunStore', () => {
  eachDatabase(open => {
    it('gives the same run for the same key, and refuses the key for another request', async () => {
      const runs = await withPipeline(await open());
      const first = await runs.create(newRun('key-one-1'));
      expect(first).toMatchObject({ number: 1, state: 'waiting' });
      expect(await runs.create(newRun('key-one-1'))).toEqual(first);
      const other = runs.create(
        newRun('key-one-1', { parameters: { until: 'x' } }),
      );
      await expect(other).rejects.toMatchObject({
        name: 'ConflictError',
        message: expect.stringContaining('run #1'),
      });
    });

    it('makes one run of twenty requests with one key at once', async () => {
      const runs = await withPipeline(await open());
      const asked = Array.from({ length: 20 }, () =>
        runs.create(newRun('same-key')),
      );
      const made = await Promise.all(asked);
      expect(new Set(made.map(({ id }) => id)).size).toBe(1);
      expect((await runs.list({ limit: 50, offset: 0 })).total).toBe(1);
    });

    it('has one active run: a person is refused with its number, a commit waits', async () => {
      const runs = await withPipeline(await open());
      const active = await runs.create(newRun('key-one-1'));
      await expect(runs.create(newRun('key-two-2'))).rejects.toMatchObject({
        name: 'ConflictError',
        message: expect.stringContaining('run #1 of flight-delay is waiting'),
      });
      const queued = await runs.create(
        newRun('key-three', { trigger: 'commit' }),
      );
      expect(queued).toMatchObject({ number: 2, state: 'waiting' });
      await runs.promoteWaiting();
      expect(await runs.activeIds()).toEqual([active.id]);
      await runs.progress(active.id, { state: 'succeeded' });
      await runs.promoteWaiting();
      expect(await runs.activeIds()).toEqual([queued.id]);
    });

    it('gives one of several runs at once the turn', async () => {
      const runs = await withPipeline(await open());
      const asked = Array.from({ length: 8 }, (_, i) =>
        runs.create(newRun(`at-once-${i}`)),
      );
      const results = await Promise.allSettled(asked);
      const made = results.filter(({ status }) => status === 'fulfilled');
      expect(made).toHaveLength(1);
      expect(await runs.activeIds()).toHaveLength(1);
    });

    it('counts numbers within a pipeline', async () => {
      const knex = await open();
      const runs = await withPipeline(knex);
      await withPipeline(knex, 'spam');
      await runs.create(newRun('key-one-1'));
      const other = await runs.create(
        newRun('key-one-1', { pipeline: 'spam' }),
      );
      expect(other.number).toBe(1);
      const page = await runs.list({ pipeline: 'spam', limit: 10, offset: 0 });
      expect(page).toMatchObject({ total: 1, items: [{ pipeline: 'spam' }] });
    });

    it('keeps an ended run as it ended', async () => {
      const runs = await withPipeline(await open());
      const { id } = await runs.create(newRun('key-one-1'));
      const steps = [
        {
          id: 's',
          name: 'extract',
          state: 'failed' as const,
          cached: false,
          dependsOn: [],
          inputs: {},
          outputs: {},
        },
      ];
      const failed = { state: 'failed' as const, reason: 'no data', steps };
      expect(await runs.progress(id, failed)).toBe(true);
      expect(await runs.progress(id, { state: 'succeeded' })).toBe(false);
      await runs.note(id, 'late');
      expect(await runs.row(id)).toMatchObject({
        state: 'failed',
        reason: 'no data',
        active: null,
      });
      expect(await runs.steps(id)).toEqual(steps);
    });

    it('ends a waiting run at once when it is stopped', async () => {
      const runs = await withPipeline(await open());
      await runs.create(newRun('key-one-1'));
      const { id } = await runs.create(
        newRun('key-two-2', { trigger: 'commit' }),
      );
      await runs.requestStop(id, 'stopped by ada');
      expect(await runs.row(id)).toMatchObject({
        state: 'stopped',
        reason: 'stopped by ada',
      });
    });

    it('tells the usual duration as the median of succeeded runs', async () => {
      const runs = await withPipeline(await open());
      expect(await runs.usual('flight-delay')).toBe(undefined);
      for (const [i, seconds] of [10, 40, 20].entries()) {
        const { id } = await runs.create(newRun(`usual-key-${i}`));
        await runs.progress(id, {
          state: 'succeeded',
          startedAt: '2026-11-24T10:00:00.000Z',
          finishedAt: new Date(
            Date.parse('2026-11-24T10:00:00Z') + seconds * 1000,
          ).toISOString(),
        });
      }
      expect(await runs.usual('flight-delay')).toEqual({
        seconds: 20,
        runs: 3,
      });
    });
  });
});
