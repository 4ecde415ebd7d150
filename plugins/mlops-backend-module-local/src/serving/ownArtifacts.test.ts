import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lateFlights } from './__testUtils__/artifact';
import { withOwnArtifacts } from './ownArtifacts';

it('finds an artefact in its own folder whatever folder was written down', async () => {
  const home = await mkdtemp(join(tmpdir(), 'own-'));
  try {
    const made = lateFlights(join(home, 'made'));
    const { sha256 } = made.artifact;
    const endpoint = {
      name: 'late',
      generation: 1,
      revisions: [made],
      traffic: [],
    };
    expect(await withOwnArtifacts(home, endpoint)).toEqual(endpoint);
    const own = join(home, 'artifacts', sha256);
    await mkdir(join(home, 'artifacts'));
    await rename(join(home, 'made'), own);
    const found = await withOwnArtifacts(home, endpoint);
    expect(found.revisions[0].artifact).toEqual({
      ...made.artifact,
      uri: own,
    });
  } finally {
    await rm(home, { recursive: true, force: true });
  }
});
