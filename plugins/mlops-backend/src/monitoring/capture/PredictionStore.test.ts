import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
} from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { eventsOf } from '../__testUtils__/events';
import { layoutOf, listDays } from './layout';
import { PredictionStore } from './PredictionStore';

const NOON = '2026-11-24T12:00:00.000Z';

function open(home = mkdtempSync(join(tmpdir(), 'store-')), now = NOON) {
  const layout = layoutOf(home);
  const told: Array<{ days: object[]; refused: Map<string, number> }> = [];
  const store = new PredictionStore({
    layout,
    now: () => new Date(now),
    versionOf: async (_, revision) => (revision === 'r9' ? 9 : undefined),
    onStored: facts => void told.push(facts),
  });
  return { home, layout, store, told };
}

const asked = (id: string, rows = 2) =>
  eventsOf({
    id,
    times: Array.from({ length: rows }, () => '2001-03-05T08:00:00'),
    numbers: { x: Array.from({ length: rows }, (_, row) => row / 2) },
    probabilities: Array.from({ length: rows }, () => 0.25),
  });

async function linesOf(home: string) {
  const days = await listDays(layoutOf(home), 'flights');
  return days
    .flatMap(({ files }) => files)
    .flatMap(file => readFileSync(file, 'utf8').split('\n'))
    .filter(Boolean);
}

describe('PredictionStore', () => {
  it('keeps a request with its answer as one line per row, by version and event day', async () => {
    const { store, home, told } = open();
    const answer = await store.store(asked('a'));
    expect(answer).toEqual({ stored: 2, repeated: 0, refused: [] });
    expect((await linesOf(home)).map(line => JSON.parse(line))).toEqual([
      {
        id: 'a/0',
        t: '2001-03-05T08:00:00.000Z',
        a: NOON,
        r: 'r1',
        p: 0.25,
        x: { x: 0 },
      },
      expect.objectContaining({ id: 'a/1', x: { x: 0.5 } }),
    ]);
    expect(
      existsSync(
        join(home, 'predictions/flights/1/2001-03-05/2026-11-24T12.ndjson'),
      ),
    ).toBe(true);
    expect(told[0].days).toEqual([
      { endpoint: 'flights', version: 1, day: '2001-03-05' },
    ]);
  });

  it('joins halves that come in either order and in different batches', async () => {
    const { store, home } = open();
    const [request, response] = asked('a');
    await store.store([response]);
    expect(store.waiting).toBe(1);
    expect(await linesOf(home)).toEqual([]);
    await store.store([request]);
    expect(store.waiting).toBe(0);
    expect(await linesOf(home)).toHaveLength(2);
  });

  it('keeps a half that waits through the death of the process', async () => {
    const first = open();
    const [request, response] = asked('a');
    await first.store.store([request]);
    const second = open(first.home);
    expect(await second.store.store([response])).toMatchObject({ stored: 1 });
    expect(await linesOf(first.home)).toHaveLength(2);
    const third = open(first.home);
    expect(await third.store.store([request, response])).toMatchObject({
      repeated: 2,
    });
    expect(third.store.waiting).toBe(0);
  });

  it('counts the same event twice as repeated, within a batch and across a restart', async () => {
    const { store, home } = open();
    const events = asked('a');
    expect(await store.store([...events, ...events])).toMatchObject({
      stored: 2,
      repeated: 2,
    });
    expect(await store.store(events)).toMatchObject({ repeated: 2 });
    const again = open(home);
    expect(await again.store.store(events)).toMatchObject({ repeated: 2 });
    expect(await linesOf(home)).toHaveLength(2);
  });

  it('refuses 10,000 malformed events by name and keeps every good one among them', async () => {
    const { store, home, told } = open();
    const bad = (index: number) => {
      const [request, response] = asked(`bad-${index}`) as any[];
      const ways = [
        null,
        42,
        'text',
        {},
        [],
        { ...request, specversion: '0.3' },
        { ...request, id: '' },
        { ...request, type: 'something' },
        { ...request, time: 'soon' },
        { ...request, inferenceservicename: '../../etc' },
        { ...request, modelversion: '1/../..' },
        { ...request, modelversion: '-1' },
        { ...request, data: undefined },
        { ...request, data: { inputs: [] } },
        { ...request, data: { ...request.data, inputs: [{ name: 'x' }] } },
        {
          ...request,
          data: { ...request.data, parameters: { event_times: ['x'] } },
        },
        {
          ...request,
          data: { ...request.data, parameters: { event_times: ['x', 'y'] } },
        },
        { ...response, data: { model_name: 'm', outputs: [] } },
        { ...response, data: 'not json' },
        { ...request, id: 'x'.repeat(300) },
      ];
      return ways[index % ways.length];
    };
    let refused = 0;
    for (let batch = 0; batch < 10; batch++) {
      const events: unknown[] = [];
      for (let index = 0; index < 1000; index++) {
        events.push(bad(index));
        if (index % 100 === 0) events.push(...asked(`good-${batch}-${index}`));
      }
      const answer = await store.store(events);
      refused += answer.refused.length;
      expect(answer.stored).toBe(20);
      expect(answer.refused[0]).toEqual({
        index: 0,
        reason: expect.stringMatching(/./),
      });
    }
    expect(refused).toBe(10_000);
    expect(await linesOf(home)).toHaveLength(200);
    const counted = told.reduce(
      (sum, each) =>
        sum + [...each.refused.values()].reduce((a, b) => a + b, 0),
      0,
    );
    expect(counted).toBe(10_000);
    expect(readdirSync(join(home, 'predictions'))).toEqual(['flights']);
    // A malformed half leaves the other one waiting for a good one.
    expect(store.waiting).toBe(0);
  });

  it('refuses an answer with another number of rows than its request', async () => {
    const { store } = open();
    const answer = await store.store([asked('a', 2)[0], asked('a', 3)[1]]);
    expect(answer.refused).toEqual([
      {
        index: 1,
        id: 'a',
        reason: 'the request has 2 rows, its answer 3',
      },
    ]);
  });

  it('finds the version of an event that names only its revision', async () => {
    const { store, home } = open();
    const told = (revision: string, id: string) =>
      asked(id).map(({ modelversion, ...event }) => ({ ...event, revision }));
    expect(await store.store(told('r9', 'a'))).toMatchObject({ stored: 2 });
    expect(await store.store(told('r0', 'b'))).toMatchObject({
      stored: 1,
      refused: [{ reason: expect.stringMatching(/no version/) }],
    });
    const [day] = await listDays(layoutOf(home), 'flights');
    expect(day.version).toBe(9);
  });

  it('writes what concurrent callers bring in one go', async () => {
    const { store, told, home } = open();
    await Promise.all(
      Array.from({ length: 40 }, (_, index) => store.store(asked(`c${index}`))),
    );
    expect(told.length).toBeLessThan(5);
    expect(await linesOf(home)).toHaveLength(80);
  });

  it('acknowledges nothing when the disk is full, and all of it once it is not', async () => {
    const { store, home } = open();
    await store.store(asked('before'));
    const folder = join(home, 'predictions/flights/1/2001-03-06');
    mkdirSync(folder, { recursive: true });
    const full = join(folder, '2026-11-24T12.ndjson');
    symlinkSync('/dev/full', full);
    const [request, response] = asked('after', 2) as any[];
    // One row of a day with room, one of the day that is full.
    request.data.parameters.event_times[1] = '2001-03-06T08:00:00Z';
    await expect(store.store([request, response])).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
      message: expect.stringMatching(/ENOSPC/),
    });
    const roomy = readFileSync(
      join(home, 'predictions/flights/1/2001-03-05/2026-11-24T12.ndjson'),
      'utf8',
    );
    expect(roomy.match(/"id":"[^"]*"/g)).toEqual([
      '"id":"before/0"',
      '"id":"before/1"',
    ]);
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    require('fs').rmSync(full);
    expect(await store.store([request, response])).toMatchObject({ stored: 2 });
    expect(await linesOf(home)).toHaveLength(4);
  });

  it('starts a new line after one that a crash has torn', async () => {
    const first = open();
    await first.store.store(asked('a'));
    const path = join(
      first.home,
      'predictions/flights/1/2001-03-05/2026-11-24T12.ndjson',
    );
    appendFileSync(path, '{"id":"torn/0","t":"2001-03-05T08:');
    jest.resetModules();
    const { PredictionStore: Fresh } =
      jest.requireActual<typeof import('./PredictionStore')>(
        './PredictionStore',
      );
    const store = new Fresh({
      layout: first.layout,
      now: () => new Date(NOON),
      versionOf: async () => undefined,
      onStored: () => {},
    });
    await store.store(asked('b'));
    const lines = await linesOf(first.home);
    expect(lines).toHaveLength(5);
    expect(JSON.parse(lines[3]).id).toBe('b/0');
  });

  it('tells callers to come back when too much waits', async () => {
    const { store } = open();
    const many = Array.from({ length: 30_000 }, () => null);
    const first = store.store(many);
    await expect(store.store(many)).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
    });
    expect((await first).refused).toHaveLength(30_000);
  });
});
