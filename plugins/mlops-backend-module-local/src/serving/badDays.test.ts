import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gatewayPaths } from '../gateway/config';
import { identify } from '../processes';
import { flightsRequest, lateFlights } from './__testUtils__/artifact';
import { Receiver } from './__testUtils__/receiver';
import {
  answers,
  PATIENCE,
  ServingBench,
  until,
} from './__testUtils__/servingBench';
import { LocalServingEngine } from './LocalServingEngine';

jest.setTimeout(PATIENCE);

describe('bad days of served models', () => {
  let bench: ServingBench;
  let receiver: Receiver;
  let engine: LocalServingEngine;
  let sequence = 0;

  /** Sends one request with an id of its own; the id if it was answered. */
  const send = async (): Promise<string | undefined> => {
    sequence += 1;
    const id = `p${sequence}`;
    const response = await fetch(
      `http://127.0.0.1:${bench.port}/v2/models/late/infer`,
      { method: 'POST', body: JSON.stringify({ ...flightsRequest(), id }) },
    ).catch(() => undefined);
    await response?.text();
    return response?.status === 200 ? id : undefined;
  };
  const sendMany = async (count: number) => {
    const ids = [];
    for (let i = 0; i < count; i++) {
      ids.push(await send());
    }
    return ids;
  };
  const settled = () => bench.untilStatus(engine, 'late', answers);
  const metric = async (name: string, revision: string) => {
    const text = await (
      await fetch(`http://127.0.0.1:${bench.port}/metrics`)
    ).text();
    const line = text
      .split('\n')
      .find(
        l => l.startsWith(`${name}{`) && l.includes(`revision="${revision}"`),
      );
    return Number(line?.split(' ').pop());
  };
  const arrived = (ids: Array<string | undefined>) =>
    until(() => {
      const pairs = new Set(receiver.pairs);
      return ids.every(id => id && pairs.has(id));
    }, 'all events arrive');

  beforeAll(async () => {
    bench = await ServingBench.make();
    receiver = await Receiver.make();
    await receiver.up();
    engine = bench.engine({
      portalUrl: receiver.url,
      timing: {
        requestTimeoutMs: 1_500,
        probeIntervalMs: 300,
        probeTimeoutMs: 1_000,
        probesBeforeRestart: 2,
        restartDelayMs: 100,
        forwardIntervalMs: 100,
        maxForwardDelayMs: 500,
        flushCountersMs: 200,
      },
    });
    await engine.apply(
      {
        name: 'late',
        generation: 1,
        revisions: [
          lateFlights(join(bench.folder, 'v1'), { version: '1' }),
          lateFlights(join(bench.folder, 'v2'), { version: '2', bias: 1 }),
        ],
        traffic: [
          { revisionId: 'r1', percent: 50 },
          { revisionId: 'r2', percent: 50 },
        ],
      },
      bench.options,
    );
    await settled();
  });

  afterAll(async () => {
    await bench?.dispose();
    await receiver?.down();
  });

  it('answers every request while one server is killed, and brings it back', async () => {
    const { r2 } = await bench.servers();
    const first = sendMany(20);
    process.kill(r2, 'SIGKILL');
    const ids = [...(await first), ...(await sendMany(40))];
    expect(ids).not.toContain(undefined);
    expect(await metric('mlops_gateway_failovers_total', 'r2')).toBeGreaterThan(
      0,
    );
    await settled();
    expect((await bench.servers()).r2).not.toBe(r2);
    expect(await metric('mlops_gateway_restarts_total', 'r2')).toBe(1);
    await arrived(ids);
  });

  it('answers every request while one server hangs, and replaces it', async () => {
    const { r1 } = await bench.servers();
    process.kill(r1, 'SIGSTOP');
    expect(await sendMany(30)).not.toContain(undefined);
    await until(async () => {
      const now = (await bench.servers()).r1;
      return now !== undefined && now !== r1;
    }, 'another process serves r1');
    const status = await settled();
    expect(status.revisions[0].errors).toBeGreaterThan(0);
  });

  it('loses nothing that was answered when the gateway is killed, and takes its servers over', async () => {
    const servers = await bench.servers();
    const gateway = await bench.gatewayPid();
    await receiver.down();
    const sending = sendMany(300);
    await until(() => sequence % 300 > 100, 'half of it is sent');
    process.kill(gateway, 'SIGKILL');
    const ids = (await sending).filter(id => id !== undefined);
    expect(ids.length).toBeGreaterThan(0);
    await settled();
    expect(await bench.gatewayPid()).not.toBe(gateway);
    expect(await bench.servers()).toEqual(servers);
    const more = await sendMany(10);
    await receiver.up();
    await arrived([...ids, ...more]);
    expect(await metric('mlops_gateway_requests_total', 'r1')).toBeGreaterThan(
      0,
    );
  });

  it('keeps predictions while the hub is away or refuses, and brings all of them later', async () => {
    await receiver.down();
    const away = await sendMany(30);
    receiver.refuseWith = 503;
    await receiver.up();
    const refused = await sendMany(30);
    expect([...away, ...refused]).not.toContain(undefined);
    expect(receiver.pairs).not.toContain(refused[29]);
    receiver.refuseWith = undefined;
    await arrived([...away, ...refused]);
  });

  it('puts aside what the hub calls wrong, with the reason, and brings the rest', async () => {
    await receiver.down();
    const ids = await sendMany(20);
    receiver.poison.add(ids[3]!);
    receiver.disliked.add(ids[11]!);
    await receiver.up();
    await arrived(ids.filter(id => id !== ids[3] && id !== ids[11]));
    const rejected = await until(async () => {
      const text = await readFile(
        gatewayPaths(bench.home).rejected,
        'utf8',
      ).catch(() => '');
      const lines = text
        .split('\n')
        .filter(Boolean)
        .map(line => JSON.parse(line));
      return lines.length >= 4 ? lines : undefined;
    }, 'four events are put aside');
    expect(rejected).toHaveLength(4);
    expect(rejected.map(({ event }) => JSON.parse(event).id).sort()).toEqual(
      [ids[11], ids[11], ids[3], ids[3]].sort(),
    );
    expect(rejected.map(({ reason }) => reason)).toEqual(
      expect.arrayContaining([expect.stringContaining('poison'), 'disliked']),
    );
  });

  it('says that nothing answers, and when to try again, if there is only a version that cannot load', async () => {
    const revision = lateFlights(join(bench.folder, 'v9'), { version: '9' });
    const artifact = { ...revision.artifact, sha256: '0'.repeat(64) };
    await engine.apply(
      {
        name: 'broken',
        generation: 1,
        revisions: [{ ...revision, artifact }],
        traffic: [{ revisionId: 'r9', percent: 100 }],
      },
      bench.options,
    );
    await bench.untilStatus(engine, 'broken', s => s.state === 'not-answering');
    const response = await fetch(
      `http://127.0.0.1:${bench.port}/v2/models/broken/infer`,
      { method: 'POST', body: JSON.stringify(flightsRequest()) },
    );
    expect(response.status).toBe(503);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
    await engine.remove('broken', bench.options);
  });

  it('leaves no process behind when the endpoint is removed', async () => {
    expect(Object.keys(await bench.servers())).toEqual(['r1', 'r2']);
    const pids = Object.values(await bench.servers());
    await engine.remove('late', bench.options);
    for (const pid of pids) {
      expect(identify(pid)).toBeUndefined();
    }
  });
});
