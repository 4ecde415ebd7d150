import { setTimeout as sleep } from 'node:timers/promises';
import { eachDatabase } from '../database/__testUtils__/eachDatabase';
import { LeaseStore } from './LeaseStore';

jest.setTimeout(60_000);

describe('LeaseStore', () => {
  eachDatabase(open => {
    it('gives the work to one of two replicas, and to the other once it ends', async () => {
      const knex = await open();
      const [a, b] = [new LeaseStore(knex), new LeaseStore(knex)];
      const done = await a.withLease('work', 60_000, async () => {
        expect(await b.withLease('work', 60_000, async () => 'b')).toBe(
          undefined,
        );
        return 'a';
      });
      expect(done).toBe('a');
      expect(await b.withLease('work', 60_000, async () => 'b')).toBe('b');
    });

    it('gives the work of a dead replica away, with a higher attempt', async () => {
      const knex = await open();
      const [a, b] = [new LeaseStore(knex), new LeaseStore(knex)];
      await a.withLease('work', 60_000, async first => {
        // As after the last renewal of a replica that hangs.
        await knex('leases').update({
          lease_until: '2020-01-01T00:00:00.000Z',
        });
        await b.withLease('work', 60_000, async second => {
          expect(second.attempt).toBe(first.attempt + 1);
          expect(await first.renew()).toBe(false);
          expect(await second.renew()).toBe(true);
        });
      });
      expect.hasAssertions();
    });

    it('keeps work that takes longer than its lease, so that a lease can be short', async () => {
      const knex = await open();
      const [a, b] = [new LeaseStore(knex), new LeaseStore(knex)];
      await a.withLease('work', 600, async () => {
        await sleep(1500);
        expect(await b.withLease('work', 600, async () => 'b')).toBe(undefined);
      });
      expect.hasAssertions();
    });

    it('forgets old leases, and none that is held', async () => {
      const knex = await open();
      const leases = new LeaseStore(knex);
      await leases.withLease('old', 60_000, async () => 1);
      await knex('leases').update({ lease_until: '2020-01-01T00:00:00.000Z' });
      await leases.withLease('held', 60_000, () => leases.sweep());
      expect(await knex('leases').select('name')).toEqual([{ name: 'held' }]);
    });

    it('tells what the work gave, or why it failed, where the lease cannot be given back', async () => {
      const knex = await open();
      const leases = new LeaseStore(knex);
      const done = await leases.withLease('work', 60_000, async () => {
        await knex.schema.renameTable('leases', 'gone');
        return 'done';
      });
      expect(done).toBe('done');
      await knex.schema.renameTable('gone', 'leases');
      const failing = leases.withLease('other', 60_000, async () => {
        await knex.schema.dropTable('leases');
        throw new Error('the true cause');
      });
      await expect(failing).rejects.toThrow('the true cause');
    });

    it('is free again after work that failed', async () => {
      const leases = new LeaseStore(await open());
      const failing = leases.withLease('work', 60_000, async () => {
        throw new Error('no');
      });
      await expect(failing).rejects.toThrow('no');
      expect(await leases.withLease('work', 60_000, async () => 1)).toBe(1);
    });
  });
});
