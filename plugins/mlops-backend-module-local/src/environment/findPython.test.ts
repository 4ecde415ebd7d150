import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPython } from './findPython';

const { signal } = new AbortController();

describe('findPython', () => {
  let home: string;
  let bin: string;
  let replaced: jest.ReplaceProperty<NodeJS.ProcessEnv>;

  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'find-python-'));
    bin = join(home, 'bin');
    await mkdir(bin);
    replaced = jest.replaceProperty(process, 'env', { PATH: bin });
  });

  afterEach(async () => {
    replaced.restore();
    await rm(home, { recursive: true, force: true });
  });

  async function program(path: string, script: string) {
    await mkdir(join(path, '..'), { recursive: true });
    await writeFile(path, `#!/bin/sh\n${script}\n`);
    await chmod(path, 0o755);
  }

  it('takes the first on PATH that is new enough', async () => {
    await program(join(bin, 'python3'), 'echo /old/python3 3 9');
    await program(join(bin, 'python3.11'), 'echo "/my tools/python3" 3 11');
    expect(await findPython({ home }, signal)).toBe('/my tools/python3');
  });

  it('passes over one that the locked packages are not made for', async () => {
    await program(join(bin, 'python3'), 'echo /usr/bin/python3 3 14');
    await program(join(bin, 'python3.12'), 'echo /usr/bin/python3.12 3 12');
    expect(await findPython({ home }, signal)).toBe('/usr/bin/python3.12');
  });

  it('looks at the configured one only', async () => {
    await program(join(bin, 'python3'), 'echo /usr/bin/python3 3 12');
    const pythonPath = join(home, 'absent');
    await expect(findPython({ home, pythonPath }, signal)).rejects.toThrow(
      `No Python 3.10 to 3.13 was found (looked for ${pythonPath}). Install one`,
    );
  });

  it('has uv bring one into the data folder when there is none', async () => {
    await program(
      join(home, 'tools/uv/bin/uv'),
      'echo "$UV_PYTHON_INSTALL_DIR/$2/$3/python"',
    );
    expect(await findPython({ home }, signal)).toBe(
      `${home}/tools/python/find/3.12/python`,
    );
  });

  it('names what it has seen when nothing fits', async () => {
    await program(join(bin, 'python3'), 'echo /usr/bin/python3 3 8');
    await program(join(bin, 'uv'), 'exit 1');
    await expect(findPython({ home }, signal)).rejects.toThrow(
      /looked for python3, .*; python3 is 3.8\)/,
    );
  });
});
