import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import { PythonEnvironments } from '../environment';
import { LocalPipelineEngine } from './LocalPipelineEngine';

jest.setTimeout(60_000);

describe('pipelines on a machine whose Python hangs', () => {
  it('hold no caller longer than it waits', async () => {
    const home = await mkdtemp(join(tmpdir(), 'hanging-python-'));
    const pythonPath = join(home, 'python3');
    await writeFile(pythonPath, '#!/bin/sh\nexec sleep 600\n');
    await chmod(pythonPath, 0o755);
    const logger = mockServices.logger.mock();
    const engine = LocalPipelineEngine.create({
      home,
      logger,
      environments: PythonEnvironments.create({ home, logger, pythonPath }),
    });
    const begun = Date.now();
    await expect(
      engine.getInfo({ signal: AbortSignal.timeout(300) }),
    ).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(Date.now() - begun).toBeLessThan(10_000);
    await rm(home, { recursive: true, force: true });
  });
});
