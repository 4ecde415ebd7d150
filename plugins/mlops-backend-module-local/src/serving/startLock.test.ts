import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { identify } from '../processes';
import { withStartLock } from './startLock';

describe('withStartLock', () => {
  let folder: string;
  let path: string;
  const { signal } = new AbortController();

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lock-'));
    path = join(folder, 'start.lock');
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('lets one in at a time and cleans up after each, failed ones too', async () => {
    let inside = 0;
    let most = 0;
    const work = (fail: boolean) =>
      withStartLock(path, signal, async () => {
        inside += 1;
        most = Math.max(most, inside);
        await wait(20);
        inside -= 1;
        if (fail) {
          throw new Error('failed');
        }
      });
    const results = await Promise.allSettled([
      work(false),
      work(true),
      work(false),
    ]);
    expect(results.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
    ]);
    expect(most).toBe(1);
    expect(await readdir(folder)).toEqual([]);
  });

  it('goes past a lock whose owner has ended', async () => {
    const child = spawn(process.execPath, [
      '-e',
      'setInterval(() => {}, 1000)',
    ]);
    await once(child, 'spawn');
    await writeFile(path, JSON.stringify(identify(child.pid!)));
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
    expect(await withStartLock(path, signal, async () => 'in')).toBe('in');
  });

  it('goes past a lock that its owner, killed meanwhile, never wrote into', async () => {
    await writeFile(path, '');
    await expect(
      withStartLock(path, AbortSignal.timeout(300), async () => 'in'),
    ).rejects.toThrow();
    const longAgo = new Date(Date.now() - 60_000);
    await utimes(path, longAgo, longAgo);
    expect(await withStartLock(path, signal, async () => 'in')).toBe('in');
  });

  it('stops waiting when the caller does', async () => {
    await writeFile(path, JSON.stringify(identify(process.pid)));
    await expect(
      withStartLock(path, AbortSignal.timeout(200), async () => 'in'),
    ).rejects.toThrow();
    expect(await readdir(folder)).toEqual(['start.lock']);
  });
});
