import { promises as fs } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { LocalSourceEngine } from '..';

/** A process of its own that starts CI of repository `killed`, says so on its output, and waits to be killed. */
async function main(home: string, gate: string): Promise<void> {
  const silent = () => {};
  const logger: LoggerService = {
    error: silent,
    warn: silent,
    info: silent,
    debug: silent,
    child: () => logger,
  };
  const engine = await LocalSourceEngine.create({
    home,
    baseUrl: 'http://127.0.0.1:1/git',
    logger,
    environments: {
      ensure: async () => {
        throw new Error('no Python environment is expected here');
      },
    },
    getCiEnvironment: async () => ({}),
  });
  const contentPath = path.join(home, 'content');
  await fs.mkdir(contentPath);
  await fs.writeFile(
    path.join(contentPath, '.gitlab-ci.yml'),
    `one: { script: ['until test -e ${gate}; do sleep 0.1; done'] }\n`,
  );
  await engine.createRepository(
    {
      name: 'killed',
      description: '',
      contentPath,
      author: { name: 'Ada', email: 'ada@example.com' },
      commitMessage: 'First',
      idempotencyKey: 'killed',
    },
    { signal: new AbortController().signal },
  );
  for (;;) {
    const { items } = await engine.listCiPipelines(
      'killed',
      { limit: 1, offset: 0 },
      { signal: new AbortController().signal },
    );
    if (items[0]?.jobs[0]?.state === 'running')
      process.stdout.write('CI runs\n');
    await sleep(200);
  }
}

main(process.argv[2], process.argv[3]);
