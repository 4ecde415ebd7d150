import { addDays } from '@mlops-portal/plugin-mlops-common';
import { eachDatabase } from '../database/__testUtils__/eachDatabase';
import { context, monitoringBench } from './__testUtils__/monitoringBench';
import { flatReference, trafficOf } from './__testUtils__/traffic';

jest.setTimeout(180_000);

eachDatabase(open => {
  /** Version 1 is quiet for a week and loud for one; version 2 takes over on the Wednesday after. */
  const takenOver = async () => {
    const hub = monitoringBench(await open());
    hub.set.profiles.set(1, flatReference());
    hub.set.profiles.set(2, flatReference());
    hub.set.traffic.set(1, 100);
    const loud = (day: string) => day >= '2001-03-12';
    await hub.slice.store(
      trafficOf({ from: '2001-03-05', days: 16, rows: 100, moved: loud })
        .events,
    );
    await hub.evaluate();
    await hub.slice.store(
      trafficOf({ from: '2001-03-21', days: 2, rows: 20, version: 2, seed: 5 })
        .events,
    );
    hub.set.champion = 2;
    return hub;
  };

  it('keeps the history of the version before on the page after another took over', async () => {
    const hub = await takenOver();
    await hub.evaluate();
    const view = await hub.view();
    expect(view).toMatchObject({ asServed: true, version: 2 });
    expect(
      view.periods.map(({ window, version, days, open: isOpen, starts }) => [
        window,
        version,
        days,
        isOpen,
        starts,
      ]),
    ).toEqual([
      ['2001-03-05', 1, 7, false, []],
      ['2001-03-12', 1, 7, false, []],
      ['2001-03-19', 1, 4, true, [2]],
    ]);
    const speed = view.features.find(({ feature }) => feature === 'speed')!;
    expect(speed).toMatchObject({
      health: 'drift',
      over: 1,
      judged: { window: '2001-03-12', version: 1 },
    });
    expect(speed.impact).toBeGreaterThan(0);
    expect(
      speed.scores.map(({ version, health }) => [version, health]),
    ).toEqual([
      [1, 'well'],
      [1, 'drift'],
      [1, 'not-enough-data'],
    ]);
    expect(view.quality.map(({ version }) => version)).toEqual([1, 1, 1]);
  });

  it('gives no verdict on the new version before its first week is over, says when it comes, and names the one before', async () => {
    const hub = await takenOver();
    expect(await hub.evaluate()).toMatchObject({ health: 'not-enough-data' });
    const view = await hub.view();
    expect(view).toMatchObject({
      health: 'not-enough-data',
      headline: {
        key: 'waits-window',
        values: { version: 2, days: 4, ofDays: 7, due: '2001-03-26' },
      },
      standing: {
        waits: { window: '2001-03-19', days: 4 },
        before: { version: 1, health: 'drift', window: '2001-03-12' },
      },
    });
    const summary = await hub.slice.summary('flights');
    expect(summary.health).toBe('not-enough-data');
    expect(summary.quality.map(({ window }) => window)).toHaveLength(3);
  });

  it('tells in the sentence and over the column the same of how far the open week has come', async () => {
    const hub = await takenOver();
    await hub.evaluate();
    const { headline, periods } = await hub.view();
    const column = periods.at(-1)!;
    expect(headline.values.window).toBe(column.window);
    expect(headline.values.days).toBe(column.days);
  });

  it('judges the new version by its own reference once its week is over', async () => {
    const hub = await takenOver();
    await hub.slice.store(
      trafficOf({
        from: '2001-03-23',
        days: 12,
        rows: 100,
        version: 2,
        seed: 9,
      }).events,
    );
    expect(await hub.evaluate()).toMatchObject({ health: 'well' });
    const view = await hub.view();
    expect(view.standing).toEqual({ waits: null, before: null });
    expect(view.features[0].judged).toEqual({
      window: '2001-03-26',
      version: 2,
    });
    const old = await hub.view({ version: 1 });
    expect(old).toMatchObject({ asServed: false, version: 1 });
    expect(old.windows.at(-1)).toBe('2001-03-19');
  });

  it('shows a cell against the reference of the version that answered it', async () => {
    const hub = await takenOver();
    await hub.evaluate();
    const detail = (window?: string) =>
      hub.handlers.getFeature(
        {
          params: { endpoint: 'flights', feature: 'speed' },
          query: { window },
          body: {},
        },
        context,
      );
    const loud = await detail('2001-03-12');
    expect(loud).toMatchObject({ version: 1, window: '2001-03-12' });
    expect(loud.trend).toHaveLength(3);
    await expect(detail('2001-01-01')).rejects.toThrow(/windows are: 2001-03/);
  });

  it('ends the alert of a version that no longer answers, once, and records why', async () => {
    const hub = await takenOver();
    hub.set.traffic = new Map([
      [1, 90],
      [2, 10],
    ]);
    await hub.evaluate();
    expect(await hub.alerts('firing')).toHaveLength(1);

    hub.set.traffic = new Map([[2, 100]]);
    await hub.evaluate();
    await hub.evaluate();
    expect(await hub.alerts('firing')).toEqual([]);
    const [alert] = await hub.alerts('resolved');
    expect(alert).toMatchObject({ resolvedBecause: 'replaced' });
    expect(hub.audited).toEqual([
      expect.objectContaining({
        actor: 'policy',
        action: 'alert.resolve',
        object: `alert:${alert.id}`,
        about: 'flights',
        reason: expect.stringMatching(
          /version 1 no longer answers, version 2 does/,
        ),
      }),
    ]);
  });

  it('ends no alert while nobody knows who answers', async () => {
    const hub = await takenOver();
    hub.set.traffic.clear();
    await hub.evaluate();
    expect(await hub.alerts('firing')).toHaveLength(1);
  });

  it('does not score the day of the week in a week of which it saw some days', async () => {
    const hub = monitoringBench(await open());
    const reference = flatReference();
    const days = Array.from({ length: 14 }, (_, at) =>
      addDays('2001-01-01', at),
    );
    // A number that is the day of the week: one cell for each day.
    reference.features.speed = {
      kind: 'number',
      edges: [1, 2, 3, 4, 5, 6],
      range: [0, 10],
      importance: 0.5,
      days: Object.fromEntries(
        days.map((day, at) => [
          day,
          Array.from({ length: 10 }, (_, cell) => (cell === at % 7 ? 100 : 0)),
        ]),
      ),
    };
    hub.set.profiles.set(1, reference);
    await hub.slice.store(
      trafficOf({ from: '2001-03-08', days: 6, rows: 100 }).events,
    );
    expect(await hub.evaluate()).toMatchObject({ alerts: 0 });
    const speed = (await hub.view()).features.find(
      ({ feature }) => feature === 'speed',
    )!;
    expect(speed.scores[0]).toMatchObject({
      window: '2001-03-05',
      n: 400,
      score: null,
      partial: true,
      health: 'not-enough-data',
    });
  });
});
