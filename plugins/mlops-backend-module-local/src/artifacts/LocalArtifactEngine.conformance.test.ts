import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeArtifactEngineConformance } from '@mlops-portal/plugin-mlops-node/testUtils';
import { LocalArtifactEngine } from './LocalArtifactEngine';

describeArtifactEngineConformance('LocalArtifactEngine', async () => {
  const root = await mkdtemp(join(tmpdir(), 'artifact-engine-'));
  const runs = join(root, 'runs');
  await mkdir(runs);
  return {
    engine: LocalArtifactEngine.create({
      home: join(root, 'home'),
      allowedRoots: [runs],
    }),
    folder: runs,
    dispose: () => rm(root, { recursive: true, force: true }),
  };
});
