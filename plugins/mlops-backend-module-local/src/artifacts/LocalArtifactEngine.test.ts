import { createHash } from 'node:crypto';
import {
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LocalArtifactEngine } from './LocalArtifactEngine';

const options = { signal: new AbortController().signal };

function digest(content: string) {
  return createHash('sha256').update(content).digest('hex');
}

describe('LocalArtifactEngine', () => {
  let root: string;
  let runs: string;
  let home: string;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'artifacts-'));
    runs = join(root, 'runs');
    home = join(root, 'home');
    await mkdir(runs);
  });

  afterEach(async () => {
    await rm(root, { recursive: true, force: true });
  });

  const create = (maxBytes?: number) =>
    LocalArtifactEngine.create({ home, allowedRoots: [runs], maxBytes });

  async function leave(folder: string, content = 'weights') {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'model.onnx'), content);
    const manifest = JSON.stringify({ 'model.onnx': digest(content) });
    await writeFile(join(folder, 'manifest.json'), manifest);
    return { uri: folder, sha256: digest(manifest), format: 'onnx' };
  }

  it('keeps files that nobody can write and no temporary folder', async () => {
    const left = await leave(join(runs, 'a'));
    const { uri } = await create().ingest(left, options);
    expect(uri).toBe(join(home, 'artifacts', left.sha256));
    const { mode } = await stat(join(uri, 'model.onnx'));
    expect(mode & 0o777).toBe(0o444);
    expect(await readdir(join(home, 'artifacts'))).toEqual([left.sha256]);
  });

  it('takes nothing from outside the allowed folders', async () => {
    const outside = await leave(join(root, 'elsewhere'));
    await expect(create().ingest(outside, options)).rejects.toThrow(
      'outside the allowed folders',
    );
    const around = { ...outside, uri: `${runs}/x/../../elsewhere` };
    await expect(create().ingest(around, options)).rejects.toThrow("'..'");
    await symlink(join(root, 'elsewhere'), join(runs, 'link'));
    const linked = { ...outside, uri: join(runs, 'link') };
    await expect(create().ingest(linked, options)).rejects.toThrow(
      'outside the allowed folders',
    );
    const remote = { ...outside, uri: 'http://example.org/model' };
    await expect(create().ingest(remote, options)).rejects.toThrow(
      'must be an absolute path or a file:// URL',
    );
  });

  it('follows no symbolic link inside the folder', async () => {
    const left = await leave(join(runs, 'a'));
    await rm(join(left.uri, 'model.onnx'));
    await writeFile(join(root, 'secret'), 'weights');
    await symlink(join(root, 'secret'), join(left.uri, 'model.onnx'));
    await expect(create().ingest(left, options)).rejects.toThrow(
      "'model.onnx' in the artefact is a symbolic link",
    );
  });

  it('refuses a file that the manifest does not list', async () => {
    const left = await leave(join(runs, 'a'));
    await writeFile(join(left.uri, 'extra.py'), 'print(1)');
    await expect(create().ingest(left, options)).rejects.toThrow(
      "'extra.py', which its manifest does not list",
    );
  });

  it('refuses names in the manifest that lead out of the folder', async () => {
    const folder = join(runs, 'a');
    await mkdir(folder);
    const manifest = JSON.stringify({ '../b': digest('x') });
    await writeFile(join(folder, 'manifest.json'), manifest);
    const left = { uri: folder, sha256: digest(manifest), format: 'onnx' };
    await expect(create().ingest(left, options)).rejects.toThrow(
      "'../b' is not the name of a file inside the artefact",
    );
  });

  it('refuses more bytes than the limit', async () => {
    const left = await leave(join(runs, 'a'), 'w'.repeat(5_000));
    await expect(create(4_000).ingest(left, options)).rejects.toThrow(
      'at most 4000 are taken',
    );
  });

  it('finds a kept file that has changed, and heals it by taking it in again', async () => {
    const engine = create();
    const left = await leave(join(runs, 'a'));
    const { uri } = await engine.ingest(left, options);
    await chmod(join(uri, 'model.onnx'), 0o644);
    await writeFile(join(uri, 'model.onnx'), 'evil');
    await expect(engine.verify(left.sha256, options)).rejects.toThrow(
      'differs from the manifest',
    );
    await engine.ingest(left, options);
    const healed = await engine.verify(left.sha256, options);
    expect(healed.sizeBytes).toBe('weights'.length);
  });

  it('says what to do when the folder cannot be written', async () => {
    const left = await leave(join(runs, 'a'));
    await writeFile(home, 'a file where a folder should be');
    await expect(create().ingest(left, options)).rejects.toThrow(
      'Free space or make the folder writable',
    );
  });

  it('keeps nothing of an intake that was cancelled', async () => {
    const left = await leave(join(runs, 'a'));
    const signal = AbortSignal.abort();
    await expect(create().ingest(left, { signal })).rejects.toThrow();
    expect(await readdir(join(home, 'artifacts')).catch(() => [])).toEqual([]);
  });
});
