import { tmpdir } from 'node:os';
import { checkFreeSpace } from './freeSpace';

describe('the check of free space', () => {
  it('is content where there is room', async () => {
    await expect(checkFreeSpace(tmpdir(), 1)).resolves.toBeUndefined();
  });

  it('names the folder, what is left and what to do where there is none', async () => {
    await expect(checkFreeSpace(tmpdir(), 1e18)).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
      message: expect.stringMatching(
        /^The disk of .+ is full \(\d+ MB are left\)\. Free space on it;/,
      ),
    });
  });
});
