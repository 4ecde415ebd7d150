import { join } from 'node:path';
import { LocalMetricsEngine } from '../metrics';
import { flightsRequest, lateFlights } from './__testUtils__/artifact';
import { answers, ServingBench } from './__testUtils__/servingBench';
import { LocalServingEngine } from './LocalServingEngine';

jest.setTimeout(300_000);

const NAME = 'late';

describe('served models while the gateway hangs', () => {
  let bench: ServingBench;
  let serving: LocalServingEngine;
  let metrics: LocalMetricsEngine;

  beforeAll(async () => {
    bench = await ServingBench.make();
    serving = bench.engine();
    metrics = LocalMetricsEngine.create({ serving });
    const revision = lateFlights(join(bench.folder, 'v1'));
    const traffic = [{ revisionId: revision.id, percent: 100 }];
    await serving.apply(
      { name: NAME, generation: 1, revisions: [revision], traffic },
      bench.options,
    );
    await bench.untilStatus(serving, NAME, answers);
  });
  afterAll(() => bench?.dispose());

  it('hold no caller longer than it waits, and go on when it is back', async () => {
    const gateway = await bench.gatewayPid();
    process.kill(gateway, 'SIGSTOP');
    const query = {
      endpoint: NAME,
      metric: 'requests' as const,
      from: 0,
      to: 60,
      stepSeconds: 60,
    };
    const at = { name: NAME, revisionId: 'any', offset: 0 };
    const calls: Record<string, (signal: AbortSignal) => Promise<unknown>> = {
      getInfo: signal => serving.getInfo({ signal }),
      getStatus: signal => serving.getStatus(NAME, { signal }),
      infer: signal =>
        serving.infer({ name: NAME }, flightsRequest(), { signal }),
      getLog: signal => serving.getLog(at, { signal }),
      remove: signal => serving.remove('another', { signal }),
      query: signal => metrics.query(query, { signal }),
    };
    try {
      for (const [name, call] of Object.entries(calls)) {
        const begun = Date.now();
        const outcome = await call(AbortSignal.timeout(500)).then(
          () => 'answered',
          () => 'refused',
        );
        expect([name, outcome]).toEqual([name, 'refused']);
        expect(Date.now() - begun).toBeLessThan(10_000);
      }
    } finally {
      process.kill(gateway, 'SIGCONT');
    }
    await bench.untilStatus(serving, NAME, answers);
    const answer = await serving.infer(
      { name: NAME },
      flightsRequest(),
      bench.options,
    );
    expect(answer.outputs.length).toBeGreaterThan(0);
  });
});
