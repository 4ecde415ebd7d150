import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeLeftovers } from './leftovers';

describe('removeLeftovers', () => {
  it('removes what is half-made and old, and nothing else', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'leftovers-'));
    for (const name of ['.new-1', '.removed-2', '.slots', 'run']) {
      await mkdir(join(folder, name, 'inside'), { recursive: true });
    }
    await removeLeftovers(folder);
    expect(await readdir(folder)).toHaveLength(4);
    await removeLeftovers(folder, Date.now() + 2 * 3_600_000);
    expect((await readdir(folder)).sort()).toEqual(['.slots', 'run']);
    await rm(folder, { recursive: true });
    await removeLeftovers(folder);
  });
});
