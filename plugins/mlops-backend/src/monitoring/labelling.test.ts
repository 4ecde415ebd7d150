import { readdirSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { join } from 'path';
import { eachDatabase } from '../database/__testUtils__/eachDatabase';
import { context, monitoringBench } from './__testUtils__/monitoringBench';
import { flatReference, trafficOf } from './__testUtils__/traffic';

jest.setTimeout(180_000);

eachDatabase(open => {
  /** Two days of fifty predictions each, whose labels are not there yet. */
  const bench = async () => {
    const knex = await open();
    const hub = monitoringBench(knex);
    hub.set.profiles.set(1, flatReference());
    const { events, labels } = trafficOf({
      from: '2001-03-05',
      days: 2,
      rows: 50,
    });
    const days = async () =>
      (await knex('monitoring_days').orderBy('day')).map(row => ({
        day: row.day,
        labels: row.labels,
        ones: JSON.parse(row.quality ?? '{}').labelSum,
      }));
    const unknown = async () =>
      (await knex('monitoring_endpoints').first()).unknown_labels;
    const first = labels.slice(0, 50);
    const second = labels.slice(50);
    return { ...hub, events, labels, first, second, days, unknown };
  };
  const onesOf = (labels: Array<{ label: unknown }>) =>
    labels.filter(({ label }) => Number(label) === 1).length;

  it('reads neither older labels nor other days again when new labels arrive', async () => {
    const hub = await bench();
    await hub.slice.store(hub.events);
    await hub.label(hub.first);
    await hub.evaluate();
    const before = await hub.days();
    expect(before).toMatchObject([{ labels: 50 }, { labels: 0 }]);
    // Of the same size, so that nothing says that they were touched: whoever read them again would count no label.
    const folder = join(hub.home, 'labels', 'flights');
    const [older] = readdirSync(folder).map(name => join(folder, name));
    writeFileSync(older, ' '.repeat(readFileSync(older).length));
    rmSync(join(hub.home, 'labelled', 'flights', '1', '2001-03-06.parquet'));
    hub.set.now = '2026-11-24T11:00:00.000Z';
    await hub.label(hub.second);
    await hub.evaluate();
    const after = await hub.days();
    expect(after[0]).toEqual(before[0]);
    expect(after[1]).toMatchObject({ labels: 50, ones: onesOf(hub.second) });
  });

  it('keeps labels that come before their predictions', async () => {
    const hub = await bench();
    await hub.slice.store(hub.events.slice(0, hub.events.length / 2));
    await hub.label(hub.labels);
    await hub.evaluate();
    expect(await hub.days()).toMatchObject([{ labels: 50 }]);
    expect(await hub.unknown()).toBe(50);
    hub.set.now = '2026-11-24T12:00:00.000Z';
    await hub.slice.store(hub.events.slice(hub.events.length / 2));
    await hub.evaluate();
    expect(await hub.days()).toMatchObject([{ labels: 50 }, { labels: 50 }]);
    expect(await hub.unknown()).toBe(0);
  });

  it('takes the later of two labels, whether it comes in the same hour or another', async () => {
    const hub = await bench();
    await hub.slice.store(hub.events);
    await hub.label(hub.first.map(({ id }) => ({ id, label: 0 })));
    await hub.evaluate();
    expect((await hub.days())[0]).toMatchObject({ labels: 50, ones: 0 });
    await hub.label([{ id: hub.first[0].id, label: 1 }]);
    await hub.evaluate();
    expect((await hub.days())[0]).toMatchObject({ labels: 50, ones: 1 });
    hub.set.now = '2026-11-24T12:00:00.000Z';
    await hub.label([{ id: hub.first[0].id, label: 0 }]);
    await hub.evaluate();
    expect((await hub.days())[0]).toMatchObject({ labels: 50, ones: 0 });
  });

  it('gives the same again where it does not know what it has read', async () => {
    const hub = await bench();
    await hub.slice.store(hub.events);
    await hub.label(hub.first);
    await hub.evaluate();
    const before = await hub.days();
    rmSync(join(hub.home, 'labelled', 'flights', 'read.json'));
    hub.set.now = '2026-11-24T12:00:00.000Z';
    await hub.label([{ id: 'nobody/0', label: 1 }]);
    await hub.evaluate();
    expect(await hub.days()).toEqual(before);
    expect(await hub.unknown()).toBe(1);
  });

  it('reads the labels of a day by other words when the classes are called otherwise', async () => {
    const hub = await bench();
    await hub.slice.store(hub.events);
    await hub.label(hub.first.map(({ id }) => ({ id, label: 'late' })));
    await hub.evaluate();
    expect((await hub.days())[0].labels).toBe(0);
    hub.set.classes = ['fine', 'late'];
    hub.set.now = '2026-11-24T12:00:00.000Z';
    await hub.label([{ id: hub.second[0].id, label: 'fine' }]);
    await hub.evaluate();
    expect(await hub.days()).toMatchObject([{ labels: 50 }, { labels: 1 }]);
  });

  it('lists the predictions that wait for a label, newest days first, page by page', async () => {
    const hub = await bench();
    await hub.slice.store(hub.events);
    const list = (query: { limit: number; after?: string }) =>
      hub.handlers.listUnlabelled(
        { params: { endpoint: 'flights' }, query, body: {} },
        context,
      );
    expect(await list({ limit: 10 })).toEqual({ ids: [], next: null });
    await hub.evaluate();
    const idsOf = (labels: Array<{ id: string }>) =>
      labels.map(({ id }) => id).sort();
    expect(await list({ limit: 100 })).toEqual({
      ids: [...idsOf(hub.second), ...idsOf(hub.first)],
      next: null,
    });
    const first = await list({ limit: 60 });
    expect(first.ids).toHaveLength(60);
    // A label that arrives between two pages takes nothing from the next one.
    await hub.label(hub.second);
    await hub.evaluate();
    const second = await list({ limit: 60, after: first.next! });
    expect(second).toEqual({ ids: idsOf(hub.first).slice(10), next: null });
    await hub.label(hub.first);
    await hub.evaluate();
    expect(await list({ limit: 60 })).toEqual({ ids: [], next: null });
  });

  it('knows of no prediction of an endpoint that does not exist', async () => {
    const hub = await bench();
    hub.set.facts = undefined;
    await expect(
      hub.handlers.listUnlabelled(
        { params: { endpoint: 'flights' }, query: { limit: 5 }, body: {} },
        context,
      ),
    ).rejects.toThrow(/no endpoint flights/);
  });
});
