import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeArtifactEngineConformance } from '../artifactEngineConformance';
import { FakeArtifactEngine } from './FakeArtifactEngine';

describeArtifactEngineConformance('the fake', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'fake-artifacts-'));
  return {
    engine: new FakeArtifactEngine(),
    folder,
    dispose: () => rm(folder, { recursive: true }),
  };
});
