import { eachDatabase } from '../../database/__testUtils__/eachDatabase';
import { eventsOf, randomOf } from '../__testUtils__/events';
import { context, monitoringBench } from '../__testUtils__/monitoringBench';
import { flatReference, trafficOf } from '../__testUtils__/traffic';

jest.setTimeout(180_000);

const LETTER = 'letter/~"x"';

/** 3,000 rows of one day; the answers for the letter `wrong` have nothing to do with what happens. */
function trafficWith(wrong: string) {
  const random = randomOf(3);
  const events: unknown[] = [];
  const labels: Array<{ id: string; label: number }> = [];
  for (let at = 0; at < 60; at++) {
    const rows = Array.from({ length: 50 }, () => {
      const letter = ['a', 'b', 'c', 'new', ''][Math.floor(random() * 5)];
      return { letter, p: random() < 0.5 ? 0.1 : 0.9 };
    });
    events.push(
      ...eventsOf({
        id: `r${at}`,
        times: rows.map(() => '2001-03-06T12:00:00Z'),
        numbers: { speed: rows.map(({ p }) => p), idle: rows.map(() => 0.5) },
        texts: { [LETTER]: rows.map(({ letter }) => letter) },
        probabilities: rows.map(({ p }) => p),
      }),
    );
    rows.forEach(({ letter, p }, row) => {
      const chance = letter === wrong ? 0.5 : p;
      if (row % 10)
        labels.push({
          id: `r${at}/${row}`,
          label: random() < chance ? 1 : 0,
        });
    });
  }
  return { events, labels };
}

eachDatabase(open => {
  const bench = async (
    traffic: ReturnType<typeof trafficWith>,
    options: Parameters<typeof monitoringBench>[1] = {},
  ) => {
    const made = monitoringBench(await open(), options);
    made.set.profiles.set(1, flatReference());
    await made.slice.store(traffic.events);
    await made.label(traffic.labels);
    await made.evaluate();
    return made;
  };
  type Bench = Awaited<ReturnType<typeof bench>>;
  const segments = (
    hub: Bench,
    feature: string,
    query = {},
    signal?: AbortSignal,
  ) =>
    hub.handlers.getFeatureSegments(
      { params: { endpoint: 'flights', feature }, query, body: {} },
      signal ? { ...context, signal } : context,
    );

  it('shows the word whose answers are wrong first, words that are new, and missing values', async () => {
    const hub = await bench(trafficWith('b'));
    const found = await segments(hub, LETTER);
    expect(found).toMatchObject({
      feature: LETTER,
      kind: 'text',
      window: '2001-03-05',
      version: 1,
      metric: { name: 'roc_auc', direction: 'maximize', primary: true },
      predictions: 3000,
      labels: 2700,
      days: 1,
      removedDays: 0,
    });
    const [worst, ...others] = found.segments;
    expect(worst).toMatchObject({
      label: 'b',
      kind: 'word',
      metric: 'roc_auc',
      standing: 'worse',
      coverage: expect.closeTo(0.9, 1),
    });
    expect(Math.abs(worst.value! - 0.5)).toBeLessThan(0.08);
    expect(worst.high!).toBeLessThan(found.typical!);
    expect(others.map(({ standing }) => standing)).not.toContain('worse');
    expect(found.segments.map(({ kind }) => kind).sort()).toEqual([
      'missing',
      'word',
      'word',
      'word',
      'word',
    ]);
    expect(
      found.segments.filter(({ isNew }) => isNew).map(({ label }) => label),
    ).toEqual(['new']);
    const sum = found.segments.reduce((all, { share }) => all + share, 0);
    expect(sum).toBeCloseTo(1, 9);
  });

  it('counts a number by the cells of its reference, and the prediction like one', async () => {
    const hub = await bench(trafficWith('none'));
    const speed = await segments(hub, 'speed');
    // Within a cell of it everybody is told the same: nothing is ranked, so what is wrong is counted.
    expect(speed.segments.map(({ label }) => label).sort()).toEqual([
      '0.8 - 0.9',
      '<= 0.1',
    ]);
    expect(speed.segments.map(({ kind }) => kind)).toEqual(['cell', 'cell']);
    const { features } = await hub.view();
    const { feature } = features.find(({ role }) => role === 'prediction')!;
    const told = await segments(hub, feature);
    expect(told.predictions).toBe(3000);
    expect(told.segments).toMatchObject([{ kind: 'cell' }, { kind: 'cell' }]);
  });

  it('reads again once labels or predictions have come, and not before', async () => {
    const { events, labels } = trafficWith('b');
    const hub = await bench({ events, labels: labels.slice(0, 40) });
    const before = await segments(hub, LETTER);
    expect(before.labels).toBe(40);
    expect(before.segments[0].standing).toBe('few-labels');
    await hub.label(labels);
    expect((await segments(hub, LETTER)).labels).toBe(40);
    await hub.evaluate();
    expect((await segments(hub, LETTER)).labels).toBe(2700);
    await hub.slice.store(
      trafficOf({ from: '2001-03-07', days: 1, rows: 100 }).events,
    );
    await hub.evaluate();
    expect(await segments(hub, LETTER)).toMatchObject({
      predictions: 3100,
      days: 2,
    });
    expect(
      await segments(hub, LETTER, { cell: 'day', window: '2001-03-06' }),
    ).toMatchObject({ predictions: 3000, days: 1 });
  });

  it('says how many days are no longer kept', async () => {
    const hub = await bench(trafficWith('b'), { keepDays: 30 });
    await hub.slice.store(
      trafficOf({ from: '2001-03-19', days: 2, rows: 100 }).events,
    );
    await hub.evaluate();
    hub.set.now = '2027-02-24T10:00:00.000Z';
    await hub.retention.round(context.signal);
    expect(await segments(hub, LETTER, { window: '2001-03-05' })).toMatchObject(
      { removedDays: 1, days: 0, segments: [], typical: null },
    );
  });

  it('refuses what is not watched, and stops when who asked has gone', async () => {
    const hub = await bench(trafficWith('b'));
    await expect(segments(hub, 'nothing')).rejects.toThrow(
      /no feature 'nothing' in its reference/,
    );
    await expect(
      segments(hub, LETTER, { window: '2009-01-05' }),
    ).rejects.toThrow(/no window '2009-01-05'/);
    const gone = new AbortController();
    const asked = segments(hub, LETTER, {}, gone.signal);
    gone.abort(new Error('gone'));
    await expect(asked).rejects.toThrow('gone');
    expect((await segments(hub, LETTER)).predictions).toBe(3000);
  });
});
