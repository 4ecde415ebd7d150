import { eachDatabase } from '../database/__testUtils__/eachDatabase';
import { EventStore } from '../lineage/EventStore';
import { readEvent } from './__testUtils__/events';
import { createDatasetsSlice, DatasetsDeps } from './index';

jest.setTimeout(60_000);

describe('the start of datasets', () => {
  eachDatabase(open => {
    it('takes what runs told before datasets were kept, once', async () => {
      const knex = await open();
      const events = new EventStore(knex);
      for (let day = 10; day < 22; day += 1) {
        const at = `2026-10-${day}T09:00:00Z`;
        await events.add(
          readEvent({ at, runId: `run-${day}`, digest: `${day}` }),
        );
      }
      const outside = {
        ...readEvent({ at: '2026-10-30T09:00:00Z' }),
        inputs: [],
      };
      await events.add(outside);
      const pastReads = jest.fn((page: { limit: number; offset: number }) =>
        events.withData(page),
      );
      const start = () =>
        createDatasetsSlice({
          knex,
          pastReads,
          entities: {},
        } as unknown as DatasetsDeps).start!();
      await start();
      const rows = await knex('data_versions').orderBy('first_seen');
      expect(rows).toHaveLength(12);
      expect(rows[0].first_seen).toBe('2026-10-10T09:00:00.000Z');
      await start();
      expect(pastReads).toHaveBeenCalledTimes(1);
    });
  });
});
