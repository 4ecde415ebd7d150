import { eachDatabase } from '../database/__testUtils__/eachDatabase';
import { context, monitoringBench } from './__testUtils__/monitoringBench';
import { flatReference, trafficOf } from './__testUtils__/traffic';

jest.setTimeout(180_000);

eachDatabase(open => {
  const bench = async () => {
    const made = monitoringBench(await open());
    made.set.profiles.set(1, flatReference());
    return made;
  };

  it('finds one prediction with its label', async () => {
    const hub = await bench();
    const { events, labels } = trafficOf({
      from: '2001-03-05',
      days: 2,
      rows: 50,
    });
    await hub.slice.store(events);
    const { id } = labels[60];
    const fresh = await hub.slice.prediction('flights', id);
    await hub.label(labels);
    await hub.evaluate();
    const found = await hub.slice.prediction('flights', id);
    expect(found).toEqual({
      id,
      at: '2026-11-24T10:00:00.000Z',
      eventTime: '2001-03-06T12:00:00.000Z',
      endpoint: 'flights',
      version: 1,
      revision: 'r1',
      features: {
        speed: expect.any(Number),
        idle: expect.any(Number),
        'letter/~"x"': expect.any(String),
      },
      prediction: expect.any(Number),
      label: labels[60].label,
    });
    expect(fresh).toEqual({ ...found, label: null });
    expect(await hub.slice.prediction('flights', 'nobody/0')).toBeUndefined();
  });

  it('acknowledges and mutes with a reason; a mute needs an end ahead', async () => {
    const hub = await bench();
    await hub.slice.store(
      trafficOf({ from: '2001-03-05', days: 8, rows: 100, moved: () => true })
        .events,
    );
    await hub.evaluate();
    const [{ id }] = await hub.alerts('firing');
    const mute = (until: string) =>
      hub.handlers.muteAlert(
        { params: { id }, query: {}, body: { reason: 'known', until } },
        context,
      );
    await hub.handlers.acknowledgeAlert(
      { params: { id }, query: {}, body: { reason: 'I look at it' } },
      context,
    );
    await expect(mute('2026-11-01T00:00:00Z')).rejects.toThrow(/has passed/);
    expect(await mute('2026-12-01T00:00:00Z')).toMatchObject({
      acknowledgedBy: 'user:default/ada',
      acknowledgeReason: 'I look at it',
      mutedUntil: '2026-12-01T00:00:00.000Z',
      muteReason: 'known',
    });
  });

  it('sums up an endpoint for lists', async () => {
    const hub = await bench();
    await hub.slice.store(
      trafficOf({ from: '2001-03-05', days: 8, rows: 100, moved: () => true })
        .events,
    );
    await hub.evaluate();
    expect(await hub.slice.summary('flights')).toMatchObject({
      health: 'drift',
      alerts: 1,
      worst: { feature: 'speed', n: 700, over: 1, limit: 0.2 },
      clock: { kind: 'event' },
    });
    expect(
      await hub.slice.recentPredictions('flights', '2026-11-24T09:59:30Z'),
    ).toEqual([{ version: 1, n: 800, mean: expect.any(Number) }]);
    await expect(hub.slice.summary('nobody')).rejects.toThrow(/no endpoint/);
  });
});
