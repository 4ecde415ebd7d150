import { appendFileSync } from 'fs';
import { join } from 'path';
import { eachDatabase } from '../../database/__testUtils__/eachDatabase';
import { monitoringBench } from '../__testUtils__/monitoringBench';
import { flatReference, trafficOf } from '../__testUtils__/traffic';

jest.setTimeout(120_000);

eachDatabase(open => {
  it('counts a prediction once that a crash made lie there twice', async () => {
    const knex = await open();
    const first = monitoringBench(knex);
    first.set.profiles.set(1, flatReference());
    const { events } = trafficOf({ from: '2001-03-05', days: 8, rows: 100 });
    await first.slice.store(events);
    // Written but, as far as the sender knows, never acknowledged: hours later it sends again to another process.
    const second = monitoringBench(knex, {
      home: first.home,
      now: '2026-11-24T18:00:00.000Z',
    });
    second.set.profiles = first.set.profiles;
    expect(await second.slice.store(events)).toMatchObject({
      stored: events.length,
    });
    await second.evaluate();
    const view = await second.view();
    expect(view.volume[0].predictions).toBe(700);
    expect(view.capture.captured).toBe(16);
  });

  it('counts what a process stored that died before it scored anything', async () => {
    const knex = await open();
    const first = monitoringBench(knex);
    const { events } = trafficOf({ from: '2001-03-05', days: 8, rows: 100 });
    await first.slice.store(events);
    const second = monitoringBench(knex, { home: first.home });
    second.set.profiles.set(1, flatReference());
    await second.tick(new AbortController().signal);
    expect((await second.view()).volume[0].predictions).toBe(700);
  });

  it('makes up for labels that were not joined before a crash', async () => {
    const knex = await open();
    const hub = monitoringBench(knex);
    hub.set.profiles.set(1, flatReference());
    const { events, labels } = trafficOf({
      from: '2001-03-05',
      days: 8,
      rows: 100,
    });
    await hub.slice.store(events);
    await hub.label(labels);
    await hub.evaluate();
    // As if the process had died between counting and labelling.
    await knex('monitoring_days').update({ quality: null, labels: 0 });
    await knex('monitoring_endpoints').update({ labels_fingerprint: 'old' });
    await hub.evaluate();
    expect((await hub.view()).quality[0]).toMatchObject({ labels: 700 });
  });

  it('passes over lines that are no predictions', async () => {
    const hub = monitoringBench(await open());
    hub.set.profiles.set(1, flatReference());
    await hub.slice.store(
      trafficOf({ from: '2001-03-05', days: 8, rows: 100 }).events,
    );
    const path = join(
      hub.home,
      'predictions/flights/1/2001-03-06/2026-11-24T10.ndjson',
    );
    appendFileSync(path, 'rubbish\n{"half\n[1,2]\n{"id":5}\n\u0000\u0001\n');
    await hub.evaluate();
    const view = await hub.view();
    expect(view.volume[0].predictions).toBeGreaterThanOrEqual(700);
    expect(view.volume[0].predictions).toBeLessThanOrEqual(701);
  });

  it('refuses labels for an endpoint that nobody knows', async () => {
    const hub = monitoringBench(await open());
    hub.set.facts = undefined;
    await expect(hub.label([{ id: 'a/0', label: 1 }])).rejects.toThrow(
      /no endpoint flights/,
    );
  });
});
