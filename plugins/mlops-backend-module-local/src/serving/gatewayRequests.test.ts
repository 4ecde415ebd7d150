import { join } from 'node:path';
import { inferenceResponseSchema } from '@mlops-portal/plugin-mlops-common';
import { payloadEventSchema } from '@mlops-portal/plugin-mlops-common';
import {
  expectedProbability,
  flightsRequest,
  lateFlights,
} from './__testUtils__/artifact';
import { Receiver } from './__testUtils__/receiver';
import {
  answers,
  PATIENCE,
  ServingBench,
  until,
} from './__testUtils__/servingBench';
import { LocalServingEngine } from './LocalServingEngine';

jest.setTimeout(PATIENCE);

describe('a client of the gateway', () => {
  let bench: ServingBench;
  let receiver: Receiver;
  let engine: LocalServingEngine;
  let base: string;

  const post = (
    body: unknown,
    headers: Record<string, string> = {},
    name = 'late',
  ) =>
    fetch(`${base}/v2/models/${name}/infer`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  const probabilityOf = async (response: Response) => {
    const answer = inferenceResponseSchema.parse(await response.json());
    const output = answer.outputs.find(({ name }) => name === 'probabilities');
    return Number(output?.data[1]);
  };

  beforeAll(async () => {
    bench = await ServingBench.make();
    receiver = await Receiver.make();
    await receiver.up();
    engine = bench.engine({
      portalUrl: receiver.url,
      limits: { maxBodyBytes: 200_000 },
      timing: { forwardIntervalMs: 50 },
    });
    base = `http://127.0.0.1:${bench.port}`;
    const revisions = [
      lateFlights(join(bench.folder, 'v1'), { version: '1', bias: -2 }),
      lateFlights(join(bench.folder, 'v2'), { version: '2', bias: 2 }),
    ];
    await engine.apply(
      {
        name: 'late',
        generation: 1,
        revisions,
        traffic: [
          { revisionId: 'r1', percent: 50 },
          { revisionId: 'r2', percent: 50 },
        ],
      },
      bench.options,
    );
    await bench.untilStatus(engine, 'late', answers);
  });

  afterAll(async () => {
    await bench?.dispose();
    await receiver?.down();
  });

  it('gets what the model computes, for every row', async () => {
    const rows = Array.from({ length: 1000 }, (_, i) => ({
      delay: i % 7 === 0 ? null : i / 50,
      distance: i / 100,
      origin: ['SFO', 'JFK', 'nowhere'][i % 3],
    }));
    const answer = await engine.infer(
      { name: 'late', revisionId: 'r1' },
      flightsRequest(rows),
      bench.options,
    );
    const { data, shape } = answer.outputs.find(
      o => o.name === 'probabilities',
    )!;
    expect(shape).toEqual([1000, 2]);
    rows.forEach((row, i) => {
      const text = { SFO: 0.5, JFK: 1 }[row.origin] ?? 0;
      const wanted = expectedProbability({
        delay: row.delay ?? 0,
        distance: row.distance,
        text,
        bias: -2,
      });
      expect(Number(data[2 * i + 1])).toBeCloseTo(wanted, 5);
    });
  });

  it('gets the same revision for the same id, and its own id back', async () => {
    const seen = new Set<string>();
    for (let i = 0; i < 12; i++) {
      const answers3 = [];
      for (let again = 0; again < 3; again++) {
        const response = await post({ ...flightsRequest(), id: `sticky-${i}` });
        const answer = await response.json();
        expect(answer).toMatchObject({ id: `sticky-${i}`, model_name: 'late' });
        expect(answer.parameters.revision).toBe(`r${answer.model_version}`);
        answers3.push(answer.model_version);
      }
      expect(new Set(answers3).size).toBe(1);
      seen.add(answers3[0]);
    }
    expect([...seen].sort()).toEqual(['1', '2']);
  });

  it('has its Ce-Id header win over the id in the body', async () => {
    const response = await post(
      { ...flightsRequest(), id: 'body' },
      { 'Ce-Id': 'header' },
    );
    expect(await response.json()).toMatchObject({ id: 'header' });
  });

  it.each([
    ['{"inputs": [NaN]}', 400, 'body'],
    ['[]', 400, 'inputs'],
    [{ inputs: flightsRequest().inputs.slice(1) }, 400, 'delay'],
    [{ ...flightsRequest(), id: 7 }, 400, 'id'],
    [{ ...flightsRequest(), id: 'x'.repeat(300) }, 400, 'id'],
    [{ ...flightsRequest(), parameters: [] }, 400, 'parameters'],
    ['x'.repeat(300_000), 413, 'body'],
  ])('is told what is wrong: %.60j', async (body, status, field) => {
    const response = await post(body);
    expect(response.status).toBe(status);
    expect(await response.json()).toEqual({
      error: { name: 'InputError', message: expect.any(String), field },
    });
  });

  it('is told that an endpoint does not exist', async () => {
    const response = await post(flightsRequest(), {}, 'nothing');
    expect(response.status).toBe(404);
    expect((await response.json()).error.name).toBe('NotFoundError');
  });

  it('cannot reach what is for the portal', async () => {
    for (const authorization of ['', 'Bearer wrong']) {
      const response = await fetch(`${base}/admin/endpoints/late`, {
        headers: { authorization },
      });
      expect(response.status).toBe(401);
    }
  });

  it('can read the signature, the health and the metrics', async () => {
    const metadata = await (await fetch(`${base}/v2/models/late`)).json();
    expect(metadata).toMatchObject({
      name: 'late',
      versions: ['1', '2'],
      inputs: [{ name: 'delay' }, { name: 'distance' }, { name: 'origin' }],
    });
    expect((await fetch(`${base}/v2/health/ready`)).status).toBe(200);
    const metrics = await (await fetch(`${base}/metrics`)).text();
    expect(metrics).toMatch(
      /^mlops_gateway_latency_seconds_bucket\{endpoint="late",revision="r1",version="1",le="\+Inf"\} \d+$/m,
    );
    expect(metrics).toMatch(
      /^mlops_gateway_refused_total\{endpoint="late",status="400"\} \d+$/m,
    );
  });

  it('has each prediction captured as two events with its id, and nothing secret', async () => {
    const headers = {
      'Ce-Id': 'captured',
      authorization: 'Bearer mine',
      'x-request-id': 'r-7',
    };
    const body = JSON.stringify(
      {
        ...flightsRequest(),
        parameters: { event_times: ['2001-03-01T00:00:00Z'] },
      },
      null,
      2,
    );
    const probability = await probabilityOf(await post(body, headers));
    await until(
      () => receiver.pairs.includes('captured'),
      'both events arrive',
    );
    const [request, response] = ['request', 'response'].map(kind =>
      payloadEventSchema.parse(
        receiver.events.get(`captured org.kubeflow.serving.inference.${kind}`),
      ),
    );
    expect(request).toMatchObject({
      inferenceservicename: 'late',
      metadata: { 'x-request-id': 'r-7' },
      data: {
        id: 'captured',
        parameters: { event_times: ['2001-03-01T00:00:00Z'] },
      },
    });
    const { outputs } = inferenceResponseSchema.parse(response.data);
    expect(outputs[1].data[1]).toBe(probability);
    expect(response.revision).toBe(`r${response.modelversion}`);
    expect(JSON.stringify(request)).not.toContain('Bearer');
    expect([...receiver.tokens]).toEqual(['Bearer token-of-the-hub']);
  });

  it('is neither captured nor counted where the portal asks a revision itself', async () => {
    const before = (await engine.getStatus('late', bench.options)).revisions;
    const request = { ...flightsRequest(), id: 'tried' };
    await engine.infer(
      { name: 'late', revisionId: 'r2' },
      request,
      bench.options,
    );
    const after = (await engine.getStatus('late', bench.options)).revisions;
    expect(after.map(r => r.requests)).toEqual(before.map(r => r.requests));
    await engine.infer(
      { name: 'late' },
      { ...request, id: 'asked' },
      bench.options,
    );
    await until(
      () => receiver.pairs.includes('asked'),
      'the later one arrives',
    );
    expect(receiver.pairs).not.toContain('tried');
  });
});
