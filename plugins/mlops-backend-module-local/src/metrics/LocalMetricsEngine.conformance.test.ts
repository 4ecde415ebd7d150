import { join } from 'node:path';
import { describeMetricsEngineConformance } from '@mlops-portal/plugin-mlops-node/testUtils';
import { flightsRequest, lateFlights } from '../serving/__testUtils__/artifact';
import { answers, ServingBench } from '../serving/__testUtils__/servingBench';
import { LocalMetricsEngine } from './LocalMetricsEngine';

describeMetricsEngineConformance('LocalMetricsEngine', async () => {
  const bench = await ServingBench.make();
  const serving = bench.engine();
  const revision = lateFlights(join(bench.folder, 'v1'));
  const name = 'measured';
  await serving.apply(
    {
      name,
      generation: 1,
      revisions: [revision],
      traffic: [{ revisionId: revision.id, percent: 100 }],
    },
    bench.options,
  );
  await bench.untilStatus(serving, name, answers);
  return {
    engine: LocalMetricsEngine.create({ serving }),
    endpoint: name,
    revisionId: revision.id,
    send: async count => {
      for (let i = 0; i < count; i++) {
        await serving.infer({ name }, flightsRequest(), bench.options);
      }
    },
    dispose: () => bench.dispose(),
  };
});
