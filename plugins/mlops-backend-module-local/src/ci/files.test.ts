import { promises as fs } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { readJson, writeJson } from './files';

const schema = z.object({ n: z.number() });

describe('files of CI', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await fs.mkdtemp(path.join(os.tmpdir(), 'files-'));
  });
  afterEach(() => fs.rm(folder, { recursive: true, force: true }));
  const file = () => path.join(folder, 'a.json');

  it('are written whole, for the owner only, with no draft left', async () => {
    await Promise.all([1, 2, 3].map(n => writeJson(file(), { n })));
    expect(await readJson(file(), schema)).toEqual({ n: expect.any(Number) });
    expect((await fs.stat(file())).mode % 0o1000).toBe(0o600);
    expect(await fs.readdir(folder)).toEqual(['a.json']);
  });

  it('keep their old content when writing fails', async () => {
    await writeJson(file(), { n: 1 });
    const circular: Record<string, unknown> = {};
    circular.self = circular;
    await expect(writeJson(file(), circular)).rejects.toThrow();
    expect(await readJson(file(), schema)).toEqual({ n: 1 });
    expect(await fs.readdir(folder)).toEqual(['a.json']);
  });

  it('are taken as missing when they are damaged or of another form', async () => {
    expect(await readJson(file(), schema)).toBeUndefined();
    for (const text of ['', '{"n":', '{"n":"1"}']) {
      await fs.writeFile(file(), text);
      expect(await readJson(file(), schema)).toBeUndefined();
    }
  });
});
