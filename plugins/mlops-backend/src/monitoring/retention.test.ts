import { eachDatabase } from '../database/__testUtils__/eachDatabase';
import { layoutOf, listDays } from './capture/layout';
import { monitoringBench } from './__testUtils__/monitoringBench';
import { flatReference, trafficOf } from './__testUtils__/traffic';

jest.setTimeout(180_000);
const signal = new AbortController().signal;

eachDatabase(open => {
  /** Two whole weeks and a day of an open one, all of which arrived on 1 January. */
  const filled = async (labelled = true) => {
    const hub = monitoringBench(await open(), {
      now: '2026-01-01T10:00:00.000Z',
      keepDays: 30,
    });
    hub.set.profiles.set(1, flatReference());
    const { events, labels } = trafficOf({
      from: '2001-03-05',
      days: 15,
      rows: 50,
    });
    await hub.slice.store(events);
    await hub.label(labelled ? labels : labels.slice(0, 350));
    await hub.evaluate();
    const daysLeft = async () =>
      (await listDays(layoutOf(hub.home), 'flights')).map(({ day }) => day);
    return { ...hub, events, labels, daysLeft };
  };
  const later = '2026-02-15T10:00:00.000Z';

  it('keeps what is not old enough', async () => {
    const hub = await filled();
    hub.set.now = '2026-01-30T10:00:00.000Z';
    await hub.retention.round(signal);
    expect(await hub.daysLeft()).toHaveLength(15);
  });

  it('removes old days, keeps what was counted from them, and the days of the open week', async () => {
    const hub = await filled();
    // A day of later traffic holds the clock of the data, so that the last week stays open.
    hub.set.now = later;
    await hub.slice.store(
      trafficOf({ from: '2001-03-20', days: 1, rows: 50, seed: 3 }).events,
    );
    await hub.evaluate();
    const before = await hub.view();
    await hub.retention.round(signal);
    expect(await hub.daysLeft()).toEqual(['2001-03-19', '2001-03-20']);
    await hub.evaluate();
    const after = await hub.view();
    expect(after.features).toEqual(before.features);
    expect(after.quality).toEqual(before.quality);
    expect(after.volume).toEqual(before.volume);
  });

  it('keeps a week that waits for its labels, with them', async () => {
    const hub = await filled(false);
    hub.set.now = later;
    await hub.slice.store(
      trafficOf({ from: '2001-03-20', days: 1, rows: 50, seed: 3 }).events,
    );
    await hub.evaluate();
    await hub.retention.round(signal);
    const left = await hub.daysLeft();
    expect(left[0]).toBe('2001-03-12');
    await hub.label(hub.labels.slice(350));
    await hub.evaluate();
    expect(
      (await hub.view()).quality.slice(0, 2).map(({ labels }) => labels),
    ).toEqual([350, 350]);
  });

  it('does not count a day anew from what arrives after its files were removed', async () => {
    const hub = await filled();
    hub.set.now = later;
    await hub.evaluate();
    await hub.retention.round(signal);
    await hub.slice.store(
      trafficOf({
        from: '2001-03-05',
        days: 1,
        rows: 50,
        seed: 3,
        version: 1,
      }).events.map((event: any) => ({ ...event, id: `late-${event.id}` })),
    );
    await hub.evaluate();
    expect((await hub.view()).volume[0].predictions).toBe(350);
  });

  it('removes no day that was not counted yet', async () => {
    const hub = monitoringBench(await open(), {
      now: '2026-01-01T10:00:00.000Z',
      keepDays: 30,
    });
    hub.set.profiles.set(1, flatReference());
    await hub.slice.store(
      trafficOf({ from: '2001-03-05', days: 8, rows: 50 }).events,
    );
    hub.set.now = later;
    await hub.retention.round(signal);
    expect(await listDays(layoutOf(hub.home), 'flights')).toHaveLength(8);
  });
});
