import { mockServices } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { eachDatabase } from '../database/__testUtils__/eachDatabase';
import { dataEvent } from '../__testUtils__/story';
import { LeaseStore } from '../jobs/LeaseStore';
import { DataConsumer } from './DataConsumer';
import { EventStore } from './EventStore';
import { EventTaker } from './EventTaker';
import { GraphStore } from './GraphStore';
import { EventConsumer } from '../openlineage/runEvent';

jest.setTimeout(60_000);

const { signal } = new AbortController();

function takerOn(knex: Knex, ...consumers: EventConsumer[]) {
  return new EventTaker({
    events: new EventStore(knex),
    leases: new LeaseStore(knex),
    logger: mockServices.logger.mock(),
    consumers,
  });
}

const consumer = (take = async () => undefined as void) => ({
  check: jest.fn(),
  take: jest.fn(take),
});

describe('EventTaker', () => {
  eachDatabase(open => {
    it('acts once on an event that comes twice, also at once', async () => {
      const one = consumer();
      const taker = takerOn(await open(), one);
      const event = dataEvent('run-1');
      expect(await taker.take(event)).toBe(true);
      expect(await taker.take(event)).toBe(false);
      await Promise.all([1, 2, 3].map(() => taker.take(event)));
      expect(one.take).toHaveBeenCalledTimes(1);
      const other = { ...event, eventTime: '2026-11-24T09:00:01Z' };
      expect(await taker.take(other)).toBe(true);
      expect(one.take).toHaveBeenCalledTimes(2);
    });

    it('stores an event that could not be acted on, and does it later, also after a restart', async () => {
      const knex = await open();
      const before = takerOn(
        knex,
        consumer(async () => {
          throw new Error('the registry is away');
        }),
      );
      expect(await before.take(dataEvent('run-1'))).toBe(true);
      await knex('lineage_events').update({ next_try: '' });
      const one = consumer();
      await takerOn(knex, one).round(signal);
      expect(one.take).toHaveBeenCalledTimes(1);
      await takerOn(knex, one).round(signal);
      expect(one.take).toHaveBeenCalledTimes(1);
    });

    it('stores nothing that a consumer refuses', async () => {
      const knex = await open();
      const strict = consumer();
      strict.check.mockImplementation(() => {
        throw new Error('a model without a digest');
      });
      const taken = takerOn(knex, strict).take(dataEvent('run-1'));
      await expect(taken).rejects.toThrow('a model without a digest');
      expect(await knex('lineage_events')).toEqual([]);
    });

    it.each([
      [{}, 'eventTime'],
      [{ eventTime: 'soon' }, 'is not an ISO 8601 time'],
      [{ ...dataEvent('r'), run: {} }, 'run.runId'],
      [{ ...dataEvent('r'), eventType: 'DONE' }, 'eventType'],
      [{ ...dataEvent('r'), inputs: [{ name: '' }] }, 'inputs.0.name'],
      ['text', 'body'],
    ])('names what is wrong with %j', async (event, why) => {
      const taker = takerOn(await open());
      await expect(taker.take(event)).rejects.toThrow(why);
    });

    it('remembers which data a run read', async () => {
      const knex = await open();
      const graph = new GraphStore(knex);
      await takerOn(knex, new DataConsumer(graph)).take(dataEvent('run-1'));
      expect(await graph.dataVersionOf('run-1')).toBe('d'.repeat(64));
      expect(await graph.dataVersionOf('run-2')).toBe(undefined);
      const id = `data:${'d'.repeat(64)}`;
      expect((await graph.nodes([id])).get(id)).toMatchObject({
        title: 'flights.parquet',
        facts: { rows: 1000, columns: 1, source: '/data/flights.parquet' },
      });
    });
  });
});
