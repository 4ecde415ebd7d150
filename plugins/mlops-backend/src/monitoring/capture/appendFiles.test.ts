import { mkdir, mkdtemp, readFile, rm, writeFile } from 'fs/promises';
import { tmpdir } from 'os';
import { join } from 'path';
import { appendFiles } from './appendFiles';

describe('appendFiles', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'append-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('appends to files in folders that are not there yet', async () => {
    const path = join(folder, 'a', 'b', 'one.ndjson');
    await appendFiles(new Map([[path, '1\n']]));
    await appendFiles(new Map([[path, '2\n']]));
    expect(await readFile(path, 'utf8')).toBe('1\n2\n');
  });

  it('keeps nothing of a batch of which one file fails, however soon it fails', async () => {
    const [good, bad] = [join(folder, 'good'), join(folder, 'bad')];
    await writeFile(good, 'before\n');
    await mkdir(bad);
    const batch = new Map([
      [good, `${'x'.repeat(8_000_000)}\n`],
      [bad, '1\n'],
    ]);
    await expect(appendFiles(batch)).rejects.toThrow(/EISDIR/);
    expect(await readFile(good, 'utf8')).toBe('before\n');
  });

  it('begins a new line behind one that a crash has torn', async () => {
    const path = join(folder, 'torn.ndjson');
    await writeFile(path, '{"id":"a"}\n{"id":');
    await appendFiles(new Map([[path, '{"id":"b"}\n']]));
    expect(await readFile(path, 'utf8')).toBe(
      '{"id":"a"}\n{"id":\n{"id":"b"}\n',
    );
  });
});
