import { createHash } from 'node:crypto';
import { mkdtemp, rm, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { writeVersion } from '../serving/__testUtils__/artifact';
import { artifactFolder, verifyArtifact } from './digest';

describe('verifyArtifact', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'digest-'));
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('accepts a folder that is what its digest says, by path or file URL', async () => {
    const artifact = writeVersion(folder, { 'a.txt': 'one', 'b.txt': 'two' });
    for (const uri of [folder, pathToFileURL(folder).href]) {
      await expect(
        verifyArtifact({ ...artifact, uri }),
      ).resolves.toBeUndefined();
    }
  });

  it('refuses a file that was changed, naming it', async () => {
    const artifact = writeVersion(folder, { 'a.txt': 'one', 'b.txt': 'two' });
    await writeFile(join(folder, 'b.txt'), 'tWo');
    await expect(verifyArtifact(artifact)).rejects.toThrow(
      /Digest mismatch: .*b\.txt/,
    );
  });

  it('refuses a manifest that was changed, even if it fits the files', async () => {
    const artifact = writeVersion(folder, { 'a.txt': 'one' });
    writeVersion(folder, { 'a.txt': 'other' });
    await expect(verifyArtifact(artifact)).rejects.toThrow(
      /Digest mismatch: .*manifest\.json/,
    );
  });

  it('refuses a folder or a file that is not there', async () => {
    const artifact = writeVersion(folder, { 'a.txt': 'one' });
    await unlink(join(folder, 'a.txt'));
    await expect(verifyArtifact(artifact)).rejects.toThrow(
      /Cannot read.*a\.txt/,
    );
    await expect(
      verifyArtifact({ ...artifact, uri: join(folder, 'nowhere') }),
    ).rejects.toThrow(/Cannot read.*nowhere/);
  });

  it('refuses a manifest that points outside its folder', async () => {
    const manifest = JSON.stringify({ '../outside': 'a'.repeat(64) });
    await writeFile(join(folder, 'manifest.json'), manifest);
    const sha256 = createHash('sha256').update(manifest).digest('hex');
    await expect(verifyArtifact({ uri: folder, sha256 })).rejects.toThrow(
      /outside/,
    );
  });
});

describe('artifactFolder', () => {
  it.each(['relative/path', 's3://bucket/key', 'http://host/x'])(
    'refuses %s',
    uri => {
      expect(() => artifactFolder(uri)).toThrow(uri);
    },
  );
});
