import { text } from 'node:stream/consumers';
import { mockServices } from '@backstage/backend-test-utils';
import { PythonEnvironments } from '../../environment';
import { LocalPipelineEngine } from '../LocalPipelineEngine';

/** A process that starts the run on its standard input, says so, and then only waits to be killed. */
async function main(home: string) {
  const logger = mockServices.rootLogger({ level: 'warn' });
  const engine = LocalPipelineEngine.create({
    home,
    logger,
    environments: PythonEnvironments.create({ home, logger }),
  });
  const request = JSON.parse(await text(process.stdin));
  const { signal } = new AbortController();
  const { engineRunId } = await engine.startRun(request, { signal });
  process.stdout.write(`started ${engineRunId}\n`);
  setInterval(() => {}, 60_000);
}

main(process.argv[2]);
