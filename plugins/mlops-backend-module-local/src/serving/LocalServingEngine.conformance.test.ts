import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describeServingEngineConformance } from '@mlops-portal/plugin-mlops-node/testUtils';
import { flightsRequest, lateFlights } from './__testUtils__/artifact';
import { ServingBench } from './__testUtils__/servingBench';

describeServingEngineConformance('LocalServingEngine', async () => {
  const bench = await ServingBench.make();
  const version = (number: string, bias: number) =>
    lateFlights(join(bench.folder, `v${number}`), { version: number, bias });
  const broken = version('3', 1);
  await appendFile(join(bench.folder, 'v3', 'model.onnx'), 'x');
  return {
    engine: bench.engine(),
    fixture: {
      revisions: [version('1', -2), version('2', 2)],
      broken,
      request: flightsRequest(),
    },
    dispose: () => bench.dispose(),
  };
});
