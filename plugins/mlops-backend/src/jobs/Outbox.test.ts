import { mockServices } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { eachDatabase } from '../database/__testUtils__/eachDatabase';
import { LeaseStore } from './LeaseStore';
import { Outbox } from './Outbox';

jest.setTimeout(60_000);

const { signal } = new AbortController();

function outboxOn(knex: Knex) {
  const logger = mockServices.logger.mock();
  return new Outbox({ knex, leases: new LeaseStore(knex), logger });
}

describe('Outbox', () => {
  eachDatabase(open => {
    it('tells each listener of a topic once', async () => {
      const knex = await open();
      const outbox = outboxOn(knex);
      const heard: unknown[] = [];
      outbox.on('ready', 'one', async fact => void heard.push(['one', fact]));
      outbox.on('ready', 'two', async fact => void heard.push(['two', fact]));
      outbox.on('other', 'three', async () => void heard.push('wrong'));
      await outbox.add('ready', { version: 3 }, knex);
      await outbox.deliver(signal);
      await outbox.deliver(signal);
      expect(heard).toEqual([
        ['one', { version: 3 }],
        ['two', { version: 3 }],
      ]);
    });

    it('tells nothing of a change that was taken back', async () => {
      const knex = await open();
      const outbox = outboxOn(knex);
      const heard = jest.fn();
      outbox.on('ready', 'one', heard);
      const undone = knex.transaction(async trx => {
        await outbox.add('ready', {}, trx);
        throw new Error('undo');
      });
      await expect(undone).rejects.toThrow('undo');
      await outbox.deliver(signal);
      expect(heard).not.toHaveBeenCalled();
    });

    it('tells a listener that failed again, also after a restart', async () => {
      const knex = await open();
      const before = outboxOn(knex);
      before.on('ready', 'one', async () => {
        throw new Error('not now');
      });
      await before.add('ready', { version: 4 }, knex);
      await before.deliver(signal);
      const [row] = await knex('outbox').select();
      expect(row).toMatchObject({ attempts: 1, done_at: null });
      expect(row.last_error).toContain('not now');
      await knex('outbox').update({ next_at: '' });
      const after = outboxOn(knex);
      const heard = jest.fn();
      after.on('ready', 'one', heard);
      await after.deliver(signal);
      expect(heard).toHaveBeenCalledWith({ version: 4 });
    });

    it('refuses two listeners with one name', async () => {
      const outbox = outboxOn(await open());
      outbox.on('ready', 'one', jest.fn());
      expect(() => outbox.on('ready', 'one', jest.fn())).toThrow('ready/one');
    });
  });
});
