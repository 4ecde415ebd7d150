import { promises as fs } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { CiStore } from './CiStore';
import { PipelineRecord } from './records';

describe('CiStore', () => {
  let root: string;
  let store: CiStore;

  beforeEach(async () => {
    root = await fs.mkdtemp(path.join(os.tmpdir(), 'ci-store-'));
    store = new CiStore(root);
  });
  afterEach(() => fs.rm(root, { recursive: true, force: true }));

  const record = (changes: Partial<PipelineRecord> = {}): PipelineRecord => ({
    id: '7',
    repository: 'flights',
    branch: 'main',
    commit: 'a'.repeat(40),
    message: 'First',
    author: 'Ada',
    email: 'ada@example.com',
    createdAt: '2026-01-01T00:00:00.000Z',
    phase: 'running',
    jobs: [{ id: '7001', name: 'train', stage: 'train', state: 'running' }],
    ...changes,
  });
  const progress = (value: unknown) =>
    fs.writeFile(
      path.join(root, 'flights', '7', 'progress.json'),
      JSON.stringify(value),
    );
  const logFile = () => path.join(root, 'flights', '7', 'logs', '7001.log');

  it('never gives a number twice, not even to a new instance', async () => {
    const first = await Promise.all([1, 2, 3].map(() => store.nextId()));
    expect(first).toEqual(['1', '2', '3']);
    expect(await new CiStore(root).nextId()).toBe('4');
  });

  it('goes on behind the highest number where the counter is lost', async () => {
    await store.write(record({ id: '41' }));
    await store.write(record({ id: '7', repository: 'other' }));
    await fs.writeFile(path.join(root, 'counter.json'), '');
    expect(await store.nextId()).toBe('42');
    expect(await store.nextId()).toBe('43');
  });

  it('gives no number twice that a full disk kept out of the counter', async () => {
    const rename = jest
      .spyOn(fs, 'rename')
      .mockRejectedValueOnce(
        Object.assign(new Error('no space left'), { code: 'ENOSPC' }),
      );
    expect(await store.nextId()).toBe('1');
    await store.write(record({ id: '1' }));
    expect(rename).toHaveBeenCalledTimes(2);
    rename.mockRestore();
    expect(await new CiStore(root).nextId()).toBe('2');
    expect(await store.nextId()).toBe('3');
  });

  it('lists newest first, by number and not by letter', async () => {
    for (const id of ['2', '10', '9']) await store.write(record({ id }));
    expect(await store.ids('flights')).toEqual(['10', '9', '2']);
    expect(await store.ids('other')).toEqual([]);
  });

  it.each(['..', '../other', '7/../8', ''])(
    'knows no CI pipeline "%s"',
    async id =>
      expect(store.read('flights', id)).rejects.toMatchObject({
        name: 'NotFoundError',
      }),
  );

  it('lays the runner’s progress over its own record until the end', async () => {
    await store.write(record());
    const jobs = [
      { id: '7001', name: 'train', stage: 'train', state: 'succeeded' },
    ];
    await progress({ jobs });
    expect(await store.view(record())).toMatchObject({
      state: 'running',
      jobs: [{ state: 'succeeded' }],
    });
    await progress({
      jobs,
      ending: { state: 'failed', reason: 'x', finishedAt: '2026' },
    });
    expect(await store.view(record())).toMatchObject({
      state: 'failed',
      reason: 'x',
    });
  });

  it('takes progress that was not written whole as none', async () => {
    await store.write(record());
    await fs.writeFile(
      path.join(root, 'flights', '7', 'progress.json'),
      '{"jobs": [',
    );
    expect((await store.view(record())).state).toBe('running');
  });

  it('reads a log in pieces that never cut a character', async () => {
    const ended = record({
      phase: 'ended',
      ending: { state: 'failed', finishedAt: '2026-01-01T00:00:00.000Z' },
      jobs: [{ id: '7001', name: 'train', stage: 'train', state: 'failed' }],
    });
    await store.write(ended);
    const text = `${'x'.repeat(256 * 1024 - 1)}ستون 🚀`.repeat(2);
    await fs.writeFile(logFile(), text);
    let read = '';
    let pieces = 0;
    for (let offset = 0, complete = false; !complete; pieces++) {
      const chunk = await store.log(ended, '7001', offset);
      expect(chunk.text).not.toContain('\ufffd');
      read += chunk.text;
      ({ nextOffset: offset, complete } = chunk);
    }
    expect(read).toBe(text);
    expect(pieces).toBeGreaterThan(2);
  });

  it('calls a log complete only when nothing follows', async () => {
    await store.write(record());
    await fs.writeFile(logFile(), 'one\n');
    expect(await store.log(record(), '7001', 0)).toEqual({
      text: 'one\n',
      nextOffset: 4,
      complete: false,
    });
    expect(await store.log(record(), '7001', 4)).toMatchObject({
      text: '',
      nextOffset: 4,
      complete: false,
    });
  });

  it('gives an empty log to a job that printed nothing, and none to one that is not there', async () => {
    await store.write(record());
    expect((await store.log(record(), '7001', 0)).text).toBe('');
    await expect(store.log(record(), '../pipeline', 0)).rejects.toMatchObject({
      name: 'NotFoundError',
    });
  });
});
