import { readJson } from '../files';
import { createMask } from '../masking';
import { MASK_VARIABLE, runSpecSchema } from '../records';
import { Run } from './Run';

/**
 * The process that carries one CI run and outlives the portal: `node main <run.json>`. It runs the executor, writes logs with
 * secrets hidden, keeps `progress.json` up to date and enforces the time limit. SIGTERM stops the run.
 */
async function main(): Promise<void> {
  const file = process.argv[2] ?? '';
  const spec = await readJson(file, runSpecSchema);
  if (!spec) throw new Error(`${file} does not describe a CI run`);
  const { [MASK_VARIABLE]: secrets, ...environment } = process.env;
  delete process.env[MASK_VARIABLE];
  const run = new Run(spec, createMask(JSON.parse(secrets ?? '[]')));
  process.on('SIGTERM', () => run.end('stopped', 'stopped by hand'));
  process.on('SIGHUP', () => {});
  process.on('SIGINT', () => {});
  await run.start(environment);
}

main().then(
  () => process.exit(0),
  error => {
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  },
);
