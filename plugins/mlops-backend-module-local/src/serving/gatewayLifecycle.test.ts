import { mkdir, symlink } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import { DesiredRevision } from '@mlops-portal/plugin-mlops-node';
import { gatewayPaths } from '../gateway/config';
import { readJson } from '../gateway/durableFile';
import { identify } from '../processes';
import { flightsRequest, lateFlights } from './__testUtils__/artifact';
import {
  answers,
  PATIENCE,
  ServingBench,
  until,
} from './__testUtils__/servingBench';
import { GatewayClient } from './gatewayClient';
import { GatewayLauncher } from './gatewayLauncher';

jest.setTimeout(PATIENCE);

describe('the life of a gateway', () => {
  let bench: ServingBench;
  let revision: DesiredRevision;

  const endpoint = (generation = 1) => ({
    name: 'late',
    generation,
    revisions: [revision],
    traffic: [{ revisionId: revision.id, percent: 100 }],
  });
  const config = (version: string) => ({
    home: bench.home,
    port: bench.port,
    portalUrl: 'http://127.0.0.1:9',
    python: bench.python,
    runtimePath: join(__dirname, '../../python/serving'),
    version,
  });

  beforeEach(async () => {
    bench = await ServingBench.make();
    revision = lateFlights(join(bench.folder, 'v1'));
  });

  afterEach(async () => {
    await bench?.dispose();
  });

  it('starts one gateway for two portals at once', async () => {
    const engines = [bench.engine(), bench.engine()];
    const infos = await Promise.all(
      engines.map(engine => engine.ensure(bench.options.signal)),
    );
    expect(infos[0].pid).toBe(infos[1].pid);
    expect(infos[0].pid).toBe(await bench.gatewayPid());
  });

  it('goes on when its log is on a full disk', async () => {
    const { root, log } = gatewayPaths(bench.home);
    await mkdir(root, { recursive: true });
    await symlink('/dev/full', log);
    const engine = bench.engine();
    const { pid } = await engine.ensure(bench.options.signal);
    await engine.apply(endpoint(), bench.options);
    await bench.untilStatus(engine, 'late', answers);
    expect(await bench.gatewayPid()).toBe(pid);
  });

  it('replaces a gateway of another version while its servers go on, and ends with everything on SIGTERM', async () => {
    const older = new GatewayLauncher({
      client: new GatewayClient(bench.home, bench.port),
      home: bench.home,
      version: '0.0.1',
      makeConfig: async () => config('0.0.1'),
      logger: mockServices.logger.mock(),
    });
    const old = await older.ensure(bench.options.signal);
    expect(old.version).toBe('0.0.1');
    const client = new GatewayClient(bench.home, bench.port);
    await client.call({ parse: (v: unknown) => v } as never, {
      method: 'PUT',
      path: '/admin/endpoints/late',
      body: endpoint(),
      signal: bench.options.signal,
    });
    const { r1 } = await until(async () => {
      const status = (await readStatus(client, bench)) as { state: string };
      return status.state === 'answering' && bench.servers();
    }, 'the older one serves');

    const engine = bench.engine();
    const info = await engine.ensure(bench.options.signal);
    expect(info.version).not.toBe('0.0.1');
    expect(identify(old.pid)).toBeUndefined();
    await bench.untilStatus(engine, 'late', answers);
    expect(await bench.servers()).toEqual({ r1 });

    await engine.close();
    process.kill(info.pid, 'SIGTERM');
    await until(() => !identify(info.pid), 'the gateway ends');
    expect(identify(r1)).toBeUndefined();
    expect(await bench.servers()).toEqual({});
    expect(await readJson(gatewayPaths(bench.home).pid)).toBeUndefined();
  });

  it('answers again after a restart of everything, with the counts it had', async () => {
    const engine = bench.engine();
    await engine.apply(endpoint(), bench.options);
    await bench.untilStatus(engine, 'late', answers);
    for (let i = 0; i < 5; i++) {
      await engine.infer({ name: 'late' }, flightsRequest(), bench.options);
    }
    await engine.close();
    process.kill(await bench.gatewayPid(), 'SIGTERM');
    await until(
      async () => Object.keys(await bench.servers()).length === 0,
      'all ends',
    );
    const later = bench.engine();
    const status = await bench.untilStatus(later, 'late', answers);
    expect(status.revisions[0].requests).toBe(5);
    expect(status.revisions[0].p50Ms).toBeGreaterThan(0);
  });

  it('brings a revision back that is wanted again while it still ends', async () => {
    const engine = bench.engine();
    const other = lateFlights(join(bench.folder, 'v2'), {
      version: '2',
      bias: 1,
    });
    const both = (generation: number) => ({
      ...endpoint(generation),
      revisions: [revision, other],
    });
    await engine.apply(both(1), bench.options);
    await bench.untilStatus(engine, 'late', answers);
    await engine.apply(endpoint(2), bench.options);
    await engine.apply(both(3), bench.options);
    await bench.untilStatus(
      engine,
      'late',
      s => s.revisions.length === 2 && answers(s),
    );
    await engine.infer(
      { name: 'late', revisionId: 'r2' },
      flightsRequest(),
      bench.options,
    );
    expect(Object.keys(await bench.servers())).toEqual(['r1', 'r2']);
  });

  it('says in a sentence that its port is taken', async () => {
    const other = createServer((_, response) => response.end('hello'));
    await new Promise<void>(resolve =>
      other.listen(bench.port, '127.0.0.1', resolve),
    );
    try {
      await expect(bench.engine().getInfo(bench.options)).rejects.toThrow(
        `Port ${bench.port} is taken by another program; stop it or set PORTAL_GATEWAY_PORT to a free port`,
      );
    } finally {
      other.closeAllConnections();
      other.close();
    }
  });

  it('drops the oldest predictions when the spool is full, counts them, and answers all the same', async () => {
    const engine = bench.engine({ limits: { maxSpoolBytes: 20_000 } });
    await engine.apply(endpoint(), bench.options);
    await bench.untilStatus(engine, 'late', answers);
    for (let i = 0; i < 60; i++) {
      await engine.infer({ name: 'late' }, flightsRequest(), bench.options);
    }
    const info = await engine.ensure(bench.options.signal);
    expect(info.capture.waitingBytes).toBeLessThanOrEqual(20_000);
    expect(info.capture.waitingBytes).toBeGreaterThan(0);
    expect(info.capture.droppedEvents).toBeGreaterThan(50);
    const status = await engine.getStatus('late', bench.options);
    expect(status.revisions[0]).toMatchObject({
      requests: 60,
      errors: 0,
      served: 60,
    });
    expect(
      Number((status.revisions[0] as never as { captured: number }).captured),
    ).toBe(60 - info.capture.droppedEvents / 2);
    const { capabilities } = await engine.getInfo(bench.options);
    expect(capabilities.captureDroppedEvents).toBe(info.capture.droppedEvents);
  });
});

async function readStatus(client: GatewayClient, bench: ServingBench) {
  return client.call({ parse: (v: unknown) => v } as never, {
    path: '/admin/endpoints/late',
    signal: bench.options.signal,
  });
}
