import { eachDatabase } from '../database/__testUtils__/eachDatabase';
import { PROFILE, readEvent } from './__testUtils__/events';
import { DatasetConsumer } from './DatasetConsumer';
import { DatasetStore } from './DatasetStore';
import { ignoredOf, profilesOf, schemaOf } from './datasetVersion';

jest.setTimeout(60_000);

const PAGE = { limit: 50, offset: 0 };
const april = {
  ...PROFILE,
  from: '2001-02-01T00:00:00Z',
  to: '2001-04-01T00:00:00Z',
};

describe('DatasetStore', () => {
  eachDatabase(open => {
    const filled = async (
      ...events: Array<Parameters<typeof readEvent>[0]>
    ) => {
      const store = new DatasetStore(await open());
      const consumer = new DatasetConsumer(store);
      for (const event of events) await consumer.take(readEvent(event));
      const ids = (await store.sources()).map(({ id }) => id);
      const { rows, total } = await store.versions(ids, PAGE);
      return { store, ids, rows, total };
    };

    it('keeps one version of what is told twice', async () => {
      const { rows, store } = await filled({}, {});
      expect(rows).toHaveLength(1);
      expect(rows[0]).toMatchObject({
        digest: 'd'.repeat(64),
        from: '2001-01-01T00:00:00.000Z',
        rows: 1000,
        columns: 2,
        last_run: 'run-1',
      });
      expect(schemaOf(rows[0])[0]).toMatchObject({ name: 'delay' });
      expect(profilesOf(rows[0]).delay?.histogram?.counts).toHaveLength(3);
      expect(await store.runsOf(rows[0].id)).toEqual(['run-1']);
    });

    it('keeps another version for another digest, window or schema, newest first', async () => {
      const { rows, total, store, ids } = await filled(
        { at: '2026-11-01T09:00:00Z' },
        { at: '2026-11-02T09:00:00Z', profile: april },
        { at: '2026-11-03T09:00:00Z', digest: 'e' },
        {
          at: '2026-11-04T09:00:00Z',
          schema: [{ name: 'delay', type: 'double' }],
        },
      );
      expect(total).toBe(4);
      expect(rows.map(row => row.first_seen.slice(8, 10))).toEqual([
        '04',
        '03',
        '02',
        '01',
      ]);
      expect((await store.before(ids, rows[1]))?.id).toBe(rows[2].id);
      expect(await store.before(ids, rows[3])).toBe(undefined);
      expect(await store.countOfDigest(ids, 'd'.repeat(64))).toBe(3);
      const page = await store.versions(ids, { limit: 1, offset: 3 });
      expect(page.rows.map(({ id }) => id)).toEqual([rows[3].id]);
    });

    it('moves last seen forward when another run reads the same state, also out of order', async () => {
      const { rows, store } = await filled(
        { at: '2026-11-05T09:00:00Z', runId: 'run-2' },
        { at: '2026-11-01T09:00:00Z', runId: 'run-1' },
      );
      expect(rows).toMatchObject([
        {
          first_seen: '2026-11-01T09:00:00.000Z',
          last_seen: '2026-11-05T09:00:00.000Z',
          last_run: 'run-2',
        },
      ]);
      expect(await store.runsOf(rows[0].id)).toEqual(['run-1', 'run-2']);
    });

    it('makes one version of events that tell more and more', async () => {
      const { rows } = await filled(
        { type: 'START', schema: null, profile: null },
        { type: 'RUNNING', profile: null, at: '2026-11-01T09:00:01Z' },
        { at: '2026-11-01T09:00:02Z' },
      );
      expect(rows).toHaveLength(1);
      expect(rows[0]).toMatchObject({ columns: 2, rows: 1000 });
      expect(rows[0].to).toBe('2001-03-01T00:00:00.000Z');
      expect(schemaOf(rows[0])[0].role).toBe('target');
      expect(profilesOf(rows[0]).origin?.top).toHaveLength(2);
    });

    it('does not make a version of the start of the next run', async () => {
      const { rows } = await filled(
        {},
        {
          type: 'START',
          runId: 'run-2',
          schema: null,
          profile: null,
          at: '2026-11-02T09:00:00Z',
        },
        { runId: 'run-2', profile: april, at: '2026-11-02T09:00:01Z' },
      );
      expect(rows).toHaveLength(2);
    });

    it('tells readings without a window apart by their rows', async () => {
      const reading = (day: number, rowCount: number) => ({
        at: `2026-11-0${day}T09:00:00Z`,
        runId: `run-${day}`,
        profile: null,
        quality: { rowCount },
      });
      const { rows } = await filled(
        reading(1, 500),
        reading(2, 900),
        { ...reading(3, 0), type: 'START', quality: null, schema: null },
        reading(4, 500),
      );
      expect(rows.map(row => [row.rows, row.last_run])).toEqual([
        [900, 'run-3'],
        [500, 'run-4'],
      ]);
    });

    it('does not give up a profile for figures alone', async () => {
      const { rows } = await filled(
        {},
        {
          at: '2026-11-02T09:00:00Z',
          profile: { ...PROFILE, columns: [] },
          quality: { columnMetrics: { delay: { nullCount: 1 } } },
        },
      );
      expect(profilesOf(rows[0]).delay?.histogram).toBeDefined();
    });

    it('keeps what could not be used, and long names cut to what fits', async () => {
      const { rows, store } = await filled({
        source: `/${'x'.repeat(900)}`,
        reader: 'r'.repeat(400),
        digest: 'd'.repeat(900),
        profile: { ...PROFILE, rows: 'many' },
      });
      expect(ignoredOf(rows[0])).toMatchObject([
        { field: 'mlops_profile.rows' },
      ]);
      const [source] = await store.sources();
      expect([source.source.length, source.reader.length]).toEqual([500, 255]);
      expect(rows[0].digest).toHaveLength(128);
    });

    it('keeps the readings of two pipelines apart', async () => {
      const { ids, store } = await filled({}, { reader: 'taxi-fare' });
      expect(ids).toHaveLength(2);
      const [{ id }] = (await store.versions([ids[0]], PAGE)).rows;
      expect(await store.version([ids[1]], id)).toBe(undefined);
      expect((await store.version([ids[0]], id))?.id).toBe(id);
    });

    it('makes one version of reports that come at once', async () => {
      const store = new DatasetStore(await open());
      const consumer = new DatasetConsumer(store);
      await Promise.all([1, 2, 3].map(() => consumer.take(readEvent())));
      const [{ id }] = await store.sources();
      expect((await store.versions([id], PAGE)).total).toBe(1);
    });
  });
});
