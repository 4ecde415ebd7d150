import { addDays } from '@mlops-portal/plugin-mlops-common';
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
  const inWeek = (monday: string) => (day: string) =>
    day >= monday && day < addDays(monday, 7);

  it('is quiet where nothing moves, and says what it knows', async () => {
    const hub = await bench();
    const { events } = trafficOf({ from: '2001-03-05', days: 15, rows: 100 });
    expect(await hub.slice.store(events)).toEqual({
      stored: events.length,
      repeated: 0,
      refused: [],
    });
    const done = await hub.evaluate();
    expect(done).toEqual({
      health: 'well',
      windows: 2,
      alerts: 0,
      decisions: [],
    });
    const view = await hub.view();
    expect(view.windows).toEqual(['2001-03-05', '2001-03-12', '2001-03-19']);
    expect(view.clock).toEqual({
      kind: 'event',
      now: '2001-03-19T12:00:00.000Z',
    });
    expect(view.health).toBe('well');
    expect(view.volume.map(({ predictions }) => predictions)).toEqual([
      700, 700, 100,
    ]);
    expect(view.capture).toEqual({
      served: 1000,
      captured: 30,
      refused: 0,
      unknownLabels: 0,
    });
    const speed = view.features.find(({ feature }) => feature === 'speed')!;
    expect(speed.scores[0]).toMatchObject({
      n: 700,
      missing: 0,
      health: 'well',
    });
    expect(speed.scores[0].score).toBeLessThan(speed.scores[0].noiseFloor!);
    expect(speed.scores[2]).toMatchObject({
      health: 'not-enough-data',
      open: true,
    });
    expect(view.features.at(-1)).toMatchObject({
      feature: 'prediction',
      role: 'prediction',
    });
  });

  it('counts as captured what lies outside the days that are judged', async () => {
    const hub = await bench();
    const { events } = trafficOf({ from: '2001-03-05', days: 8, rows: 100 });
    await hub.slice.store(events);
    const today = trafficOf({ from: '2026-11-24', days: 1, rows: 50 }).events;
    await hub.slice.store(today);
    await hub.evaluate();
    const view = await hub.view();
    expect(view.windows).toEqual(['2001-03-05', '2001-03-12']);
    expect(view.capture.captured).toBe(17);
  });

  it('fires once, asks about retraining after each loud window, and ends by itself', async () => {
    const hub = await bench();
    const moved = (day: string) =>
      inWeek('2001-03-12')(day) || inWeek('2001-03-19')(day);
    const { events } = trafficOf({
      from: '2001-03-05',
      days: 22,
      rows: 100,
      moved,
    });
    await hub.slice.store(events);
    const done = await hub.evaluate();
    expect(done).toMatchObject({ health: 'drift', windows: 3, alerts: 1 });
    const [alert] = await hub.alerts('firing');
    expect(alert).toMatchObject({
      kind: 'drift',
      subject: 'speed',
      eventTime: '2001-03-19T00:00:00.000Z',
      evidence: { window: '2001-03-12', version: 1, windowsOver: 1, n: 700 },
      decisionId: 'decision-2',
    });
    expect(alert.evidence.cells!.current.slice(0, 6)).toEqual([
      0, 0, 0, 0, 0, 0,
    ]);
    expect(
      hub.questions.map(({ key, until, alert: asked }) => [
        key,
        until,
        asked?.windowsOver,
      ]),
    ).toEqual([
      ['alert/flights/1/drift/2001-03-12', '2001-03-19', 1],
      ['alert/flights/1/drift/2001-03-19', '2001-03-26', 2],
    ]);
    // The feature without weight drifts as well: shown, but nobody is woken for it.
    const view = await hub.view();
    expect(
      view.features.map(({ feature, health, over }) => [feature, health, over]),
    ).toEqual([
      ['speed', 'drift', 2],
      ['letter/~"x"', 'well', 0],
      ['idle', 'drift', 2],
      ['prediction', 'well', 0],
    ]);

    await hub.slice.store(
      trafficOf({ from: '2001-03-27', days: 7, rows: 100, seed: 9 }).events,
    );
    expect(await hub.evaluate()).toMatchObject({ health: 'well', alerts: 0 });
    expect(await hub.alerts('resolved')).toHaveLength(1);
    expect(hub.questions).toHaveLength(2);
    expect((await hub.alerts())[0].evidence).toEqual(alert.evidence);
  });

  it('judges a window once, also when it is evaluated again or by a new process', async () => {
    const hub = await bench();
    await hub.slice.store(
      trafficOf({
        from: '2001-03-12',
        days: 8,
        rows: 100,
        moved: inWeek('2001-03-12'),
      }).events,
    );
    await hub.evaluate();
    await hub.evaluate();
    expect(hub.questions).toHaveLength(1);
    expect(await hub.alerts()).toHaveLength(1);
  });

  it('computes quality as labels arrive, with coverage, and alarms below target', async () => {
    const hub = await bench();
    const wrong = inWeek('2001-03-12');
    const { events, labels } = trafficOf({
      from: '2001-03-05',
      days: 15,
      rows: 100,
      wrong,
    });
    await hub.label(labels.slice(0, 300));
    await hub.slice.store(events);
    await hub.evaluate();
    const before = await hub.view();
    expect(before.quality[0]).toMatchObject({ labels: 300, predictions: 700 });
    expect(before.quality[0].coverage).toBeCloseTo(3 / 7);
    expect(before.health).toBe('well');

    await hub.label([...labels, { id: 'nobody/0', label: 1 }]);
    // The last label of an id counts.
    await hub.label([{ id: labels[0].id, label: 1 - labels[0].label }]);
    expect(await hub.evaluate()).toMatchObject({
      health: 'below-target',
      alerts: 1,
    });
    const view = await hub.view();
    expect(view.capture.unknownLabels).toBe(1);
    const [first, second] = view.quality;
    expect(first).toMatchObject({ health: 'well', coverage: 1, labels: 700 });
    expect(first.value).toBeGreaterThan(0.75);
    expect(first.low!).toBeLessThan(first.value!);
    expect(first.high!).toBeGreaterThan(first.value!);
    expect(second.health).toBe('below-target');
    expect(second.value).toBeLessThan(0.58);
    const [alert] = await hub.alerts('firing');
    expect(alert).toMatchObject({
      kind: 'quality',
      subject: 'roc_auc',
      evidence: { window: '2001-03-12', limit: 0.6 },
    });
  });

  it('names values that are missing or outside of what the model has seen', async () => {
    const hub = await bench();
    const { events } = trafficOf({ from: '2001-03-05', days: 8, rows: 100 });
    for (const event of events as any[]) {
      const speed = event.data.inputs?.[0];
      if (speed) {
        speed.data = speed.data.map((value: number, row: number) => {
          if (row % 4 === 0) return null;
          return row % 10 === 1 ? value + 5 : value;
        });
      }
    }
    await hub.slice.store(events);
    await hub.evaluate();
    const speed = (await hub.view()).features.find(
      ({ feature }) => feature === 'speed',
    )!;
    expect(speed.scores[0].missing).toBeCloseTo(0.26, 2);
    expect(speed.scores[0].over).toBeGreaterThan(0.05);
    const alerts = await hub.alerts('firing');
    expect(alerts.map(({ kind, subject }) => [kind, subject])).toContainEqual([
      'data-quality',
      'speed',
    ]);
    const detail = await hub.handlers.getFeature(
      {
        params: { endpoint: 'flights', feature: 'speed' },
        query: {},
        body: {},
      },
      context,
    );
    expect(detail.cells.at(-1)).toMatchObject({
      label: 'missing',
      reference: 0,
    });
    const sum = detail.cells.reduce(
      (total, each) => total + each.contribution,
      0,
    );
    expect(sum).toBeCloseTo(detail.score.score!, 6);
  });

  it('keeps versions apart and judges the one in production', async () => {
    const hub = await bench();
    hub.set.profiles.set(2, flatReference());
    const days = { from: '2001-03-05', days: 8, rows: 100 };
    await hub.slice.store(trafficOf(days).events);
    await hub.slice.store(
      trafficOf({ ...days, rows: 50, version: 2, moved: () => true }).events,
    );
    await hub.evaluate();
    expect(await hub.alerts()).toEqual([]);
    expect((await hub.view({ version: 2 })).health).toBe('drift');
    hub.set.champion = 2;
    expect(await hub.evaluate()).toMatchObject({ health: 'drift', alerts: 1 });
    expect((await hub.view()).versions).toEqual([2, 1]);
  });

  it('does not know without a reference, and has no data without predictions', async () => {
    const hub = await bench();
    hub.set.profiles.clear();
    expect((await hub.view()).health).toBe('no-data');
    await hub.slice.store(
      trafficOf({ from: '2001-03-05', days: 8, rows: 100 }).events,
    );
    await hub.evaluate();
    expect(await hub.view()).toMatchObject({
      health: 'unknown',
      reference: null,
      headline: { key: 'no-reference' },
    });
  });

  it('gives no verdict on too few rows', async () => {
    const hub = await bench();
    await hub.slice.store(
      trafficOf({ from: '2001-03-11', days: 2, rows: 100, moved: () => true })
        .events,
    );
    expect(await hub.evaluate()).toMatchObject({
      health: 'not-enough-data',
      windows: 0,
      alerts: 0,
    });
  });
});
