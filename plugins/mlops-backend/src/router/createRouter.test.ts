import { gzipSync } from 'node:zlib';
import { mockCredentials } from '@backstage/backend-test-utils';
import { mlopsRoutes, RouteId } from '@mlops-portal/plugin-mlops-common';
import request from 'supertest';
import { auditedRoutes, unauditedRoutes } from '../audit/auditedRoutes';
import { startTestHub, TestHub } from '../__testUtils__/testHub';

jest.setTimeout(120_000);

describe('the API', () => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await startTestHub();
  });
  afterAll(() => hub.stop());

  it('names each field that is wrong, with the reason', async () => {
    const answer = await hub
      .post('/pipelines/flight-delay/runs')
      .send({ idempotencyKey: 'short', cache: 'maybe' });
    expect(answer.status).toBe(400);
    expect(answer.body.error.name).toBe('InputError');
    const fields = answer.body.error.fields.map(
      ({ field }: { field: string }) => field,
    );
    expect(fields.sort()).toEqual(['cache', 'idempotencyKey']);
    expect(answer.body.error.message).toContain('idempotencyKey');
  });

  it('names wrong path and query parameters by where they are', async () => {
    const path = await hub.get('/models/Not%20A%20Name');
    expect(path.body.error.fields[0].field).toBe('params.name');
    const query = await hub.get('/runs?limit=1000&state=odd');
    expect(
      query.body.error.fields.map(({ field }: { field: string }) => field),
    ).toEqual(['query.limit', 'query.state']);
  });

  it('says what is wrong with a body that is no JSON, none at all, or too large', async () => {
    const broken = await hub
      .post('/approvals')
      .set('content-type', 'application/json')
      .send('{"model":');
    expect(broken.status).toBe(400);
    expect(broken.body.error.name).toBe('InputError');
    const none = await hub.post('/approvals');
    expect(none.status).toBe(400);
    const large = await hub
      .post('/approvals')
      .send({ reason: 'x'.repeat(7_000_000) });
    expect(large.status).toBe(413);
    expect(large.body.error.message).toContain('large');
  });

  it('takes larger batches where batches are sent', async () => {
    const labels = Array.from({ length: 20_001 }, (_, i) => ({
      id: `${'r'.repeat(190)}/${i}`,
      label: 'x'.repeat(300),
    }));
    const answer = await hub.post('/labels/flight-delay').send({ labels });
    expect(answer.status).toBe(400);
    expect(answer.body.error.fields[0].field).toBe('labels');
  });

  it('unpacks gzip, and holds what it unpacks to the limit', async () => {
    const packed = (value: unknown) => gzipSync(JSON.stringify(value));
    const send = (body: Buffer) =>
      hub
        .post('/lineage/events')
        .set('content-type', 'application/json')
        .set('content-encoding', 'gzip')
        .serialize(given => given)
        .send(body as unknown as string);
    const event = {
      eventTime: '2026-11-24T10:00:00Z',
      eventType: 'START',
      run: { runId: 'outside-1' },
      job: { namespace: 'x', name: 'y' },
    };
    expect((await send(packed(event))).body).toEqual({ stored: true });
    expect((await send(packed(event))).body).toEqual({ stored: false });
    const bomb = packed({ ...event, note: 'x'.repeat(8_000_000) });
    expect((await send(bomb)).status).toBe(413);
  });

  it('takes path parameters in any script and with slashes', async () => {
    const feature = encodeURIComponent('تأخیر/میانگین');
    const answer = await hub.get(`/monitoring/none/features/${feature}`);
    expect([400, 404]).toContain(answer.status);
    expect(answer.body.error.message).not.toContain('there is no GET');
    const malformed = await hub.get('/monitoring/none/features/%E0%A4%A');
    expect(malformed.status).toBe(400);
  });

  it('says which operations there are', async () => {
    const { body } = await hub.get('/openapi.json');
    expect(body.openapi).toBe('3.1.0');
    const ids = Object.values(body.paths as Record<string, object>).flatMap(
      path =>
        Object.values(path as Record<string, { operationId: string }>).map(
          ({ operationId }) => operationId,
        ),
    );
    expect(ids.sort()).toEqual(Object.keys(mlopsRoutes).sort());
  });

  it('serves every operation of its table', async () => {
    for (const [id, spec] of Object.entries(mlopsRoutes)) {
      const path = spec.path.replace(/\{\w+\}/g, 'x');
      const answer = await hub[spec.method](path);
      expect([id, answer.status]).not.toEqual([id, 501]);
    }
  });

  it('asks who is there: nobody gets nothing, a service is known by its subject', async () => {
    const nobody = await request(hub.server)
      .get('/api/mlops/whoami')
      .set('authorization', mockCredentials.none.header());
    expect(nobody.status).toBe(401);
    const script = await request(hub.server)
      .get('/api/mlops/whoami')
      .set(
        'authorization',
        mockCredentials.service.header({ onBehalfOf: mockCredentials.service('external:demo') , targetPluginId: 'mlops' }),
      );
    expect(script.body.actor).toBe('service:demo');
  });

  it('keeps a record of every operation that changes something', () => {
    const changing = Object.entries(mlopsRoutes)
      .filter(([, spec]) => spec.method !== 'get')
      .map(([id]) => id as RouteId);
    const decided = [...Object.keys(auditedRoutes), ...unauditedRoutes];
    expect(decided.sort()).toEqual(changing.sort());
  });
});

describe('without permission', () => {
  it('refuses every operation that asks for it, records the refusal and does nothing', async () => {
    const hub = await startTestHub({
      denied: ['mlops.run.start', 'mlops.problem.create'],
    });
    const run = await hub
      .post('/pipelines/flight-delay/runs')
      .send({ idempotencyKey: 'denied-run-1' });
    expect(run.status).toBe(403);
    expect(run.body.error).toMatchObject({
      name: 'NotAllowedError',
      message: expect.stringContaining('mlops.run.start'),
    });
    const repository = await hub.post('/repositories').send({
      name: 'flight-delay',
      files: [{ path: 'a', content: '' }],
      idempotencyKey: 'denied-repository',
    });
    expect(repository.status).toBe(403);
    expect(hub.source.calls.createRepository).toBe(undefined);
    const upload = await hub.post('/sources/uploads?name=a.csv').send('a,b');
    expect(upload.status).toBe(403);
    const audit = (await hub.get('/audit')).body;
    expect(audit).toMatchObject({
      total: 2,
      items: [{ outcome: 'refused' }, { outcome: 'refused' }],
    });
    const me = (await hub.get('/whoami')).body;
    expect(me.permissions).toMatchObject({
      'mlops.run.start': false,
      'mlops.read': true,
    });
    await hub.stop();
  });
});

describe('without engines', () => {
  it('names the contract that no engine serves', async () => {
    const hub = await startTestHub({ withoutEngines: true });
    const answer = await hub.get('/repositories/flight-delay');
    expect(answer.status).toBe(501);
    expect(answer.body.error.message).toContain('"source"');
    expect((await hub.get('/engines')).body).toEqual({ items: [] });
    await hub.stop();
  });
});

describe('engines', () => {
  it('are told with version and state, and asked again on request', async () => {
    const hub = await startTestHub();
    hub.source.down = new Error('connection refused');
    const checked = (await hub.post('/engines/check').send({})).body.items;
    expect(checked).toHaveLength(4);
    const by = (contract: string) =>
      checked.find((e: { contract: string }) => e.contract === contract);
    expect(by('pipelines')).toMatchObject({
      state: 'answering',
      version: 'fake 1',
      breaker: 'closed',
    });
    expect(by('source')).toMatchObject({
      state: 'not-answering',
      reason: 'connection refused',
    });
    await hub.stop();
  });
});
