import { appendFile, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MinuteStore, RETENTION_SECONDS } from './minuteStore';
import { seriesOf } from './series';

const START = Date.UTC(2026, 0, 5, 10, 58, 0);

describe('MinuteStore', () => {
  let folder: string;
  let now: number;
  const clock = () => now;
  const open = async (rest: unknown = []) => {
    const store = new MinuteStore(folder, clock);
    await store.load(rest);
    return store;
  };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'minutes-'));
    now = START;
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('finds minutes again after a restart, the one that ran included', async () => {
    const store = await open();
    store.add('late', 'r1', 5, true);
    store.add('late', 'r1', 7, false);
    now += 60_000;
    store.add('late', 'r2', 9, true);
    await store.roll();
    const rest = JSON.parse(JSON.stringify(store.open()));
    const again = await open(rest);
    expect(again.find('late', 0, Infinity)).toEqual(
      store.find('late', 0, Infinity),
    );
    expect(again.find('late', 0, Infinity)).toMatchObject([
      { at: START / 1000, revision: 'r1', requests: 2, errors: 1 },
      { at: START / 1000 + 60, revision: 'r2', requests: 1, errors: 0 },
    ]);
    expect(again.find('other', 0, Infinity)).toEqual([]);
  });

  it('does not count a minute twice that was written and is in the rest too', async () => {
    const store = await open();
    store.add('late', 'r1', 5, true);
    const rest = JSON.parse(JSON.stringify(store.open()));
    now += 60_000;
    await store.roll();
    const again = await open(rest);
    expect(again.find('late', 0, Infinity)).toHaveLength(1);
  });

  it('reads over a torn line', async () => {
    const store = await open();
    store.add('late', 'r1', 5, true);
    now += 60_000;
    await store.roll();
    const [name] = await readdir(folder);
    await appendFile(join(folder, name), '{"at":12');
    const again = await open();
    expect(again.find('late', 0, Infinity)).toHaveLength(1);
    now = START;
    again.add('late', 'r2', 5, true);
    now += 60_000;
    await again.roll();
    expect((await open()).find('late', 0, Infinity)).toHaveLength(2);
  });

  it('writes later what it could not write on a full disk', async () => {
    const store = await open();
    store.add('late', 'r1', 5, true);
    const file = join(folder, '2026-01-05T10.ndjson');
    await mkdir(file);
    now += 60_000;
    await expect(store.roll()).rejects.toThrow();
    await rm(file, { recursive: true });
    await store.roll();
    expect((await open()).find('late', 0, Infinity)).toHaveLength(1);
  });

  it('forgets what is older than 48 hours, on disk too', async () => {
    const store = await open();
    store.add('late', 'r1', 5, true);
    now += (RETENTION_SECONDS + 2 * 3600) * 1000;
    await store.roll();
    await store.roll();
    expect(store.find('late', 0, Infinity)).toEqual([]);
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('seriesOf', () => {
  const at = 1_000_020; // start of a minute
  const minute = (offset: number, requests: number, errors = 0) => ({
    at: at + offset,
    endpoint: 'late',
    revision: 'r1',
    requests,
    errors,
    latencies: { 3: requests - errors },
  });
  const query = { metric: 'requests' as const, from: at, stepSeconds: 120 };

  it('adds minutes up to steps and leaves gaps out', () => {
    const minutes = [minute(0, 60), minute(60, 60), minute(360, 12)];
    expect(seriesOf(minutes, query, at + 3600)).toEqual([
      {
        revisionId: 'r1',
        points: [
          [at, 1],
          [at + 360, 0.1],
        ],
      },
    ]);
  });

  it('divides the step that runs by the time that has passed', () => {
    const [{ points }] = seriesOf([minute(0, 30)], query, at + 30);
    expect(points).toEqual([[at, 1]]);
  });

  it('gives no latency where every request failed', () => {
    const [{ points }] = seriesOf(
      [minute(0, 3, 3)],
      { ...query, metric: 'p95' },
      at + 600,
    );
    expect(points).toEqual([]);
  });
});
