import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Counters } from './counters';
import { MinuteStore } from './minuteStore';
import { expose } from './prometheus';
import { Spool } from './spool';

describe('what the gateway counts', () => {
  let folder: string;
  const load = () =>
    Counters.load(
      join(folder, 'counters.json'),
      new MinuteStore(join(folder, 'minutes')),
    );

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'counters-'));
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('is there again after a restart', async () => {
    const counters = await load();
    counters.tried('late', 'r1', 4, true);
    counters.tried('late', 'r1', 0, false);
    counters.refused('late', 400);
    await counters.flush();
    const again = await load();
    expect(again.all()).toEqual(counters.all());
    expect(again.ofRevision('late', 'r1')).toMatchObject({
      requests: 2,
      errors: 1,
    });
    expect(again.recentQuantiles('late', 'r1').p50Ms).toBeGreaterThan(3);
    again.forget('late');
    await again.flush();
    expect((await load()).all()).toEqual([]);
  });

  it('reads as Prometheus text: one head per metric, histograms that grow to their count', async () => {
    const counters = await load();
    counters.ofRevision('late', 'r1').version = '1';
    for (const milliseconds of [1, 3, 10, 500, 1e6]) {
      counters.tried('late', 'r1', milliseconds, true);
    }
    counters.ofRevision('we"ird\\', 'r2');
    const spool = await Spool.open({
      folder: join(folder, 'spool'),
      maxBytes: 1e6,
      onDropped: () => {},
      onError: () => {},
    });
    const text = expose({
      counters,
      spool,
      forwarder: { delivered: 6, rejected: 1 },
    });
    expect(text.endsWith('\n')).toBe(true);
    const heads = text.split('\n').filter(line => line.startsWith('# TYPE'));
    expect(new Set(heads).size).toBe(heads.length);
    const buckets = text
      .split('\n')
      .filter(line => line.includes('latency_seconds_bucket{endpoint="late"'))
      .map(line => Number(line.split(' ').pop()));
    expect(buckets).toEqual([...buckets].sort((a, b) => a - b));
    expect(buckets[buckets.length - 1]).toBe(5);
    expect(text).toContain(
      'mlops_gateway_latency_seconds_count{endpoint="late",revision="r1",version="1"} 5',
    );
    expect(text).toContain('endpoint="we\\"ird\\\\"');
    expect(text).toContain('\nmlops_gateway_events_delivered_total 6\n');
  });
});
