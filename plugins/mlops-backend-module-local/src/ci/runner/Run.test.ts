import { randomUUID } from 'node:crypto';
import { promises as fs } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { readJson } from '../files';
import { MARK_VARIABLE, progressSchema } from '../records';
import { Run } from './Run';

describe('Run', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await fs.mkdtemp(path.join(os.tmpdir(), 'ci-run-'));
  });
  afterEach(() => fs.rm(folder, { recursive: true, force: true }));

  it('writes how it ended as soon as the disk takes it', async () => {
    const work = path.join(folder, 'work');
    await fs.mkdir(work);
    // As on a full disk: nothing can be written where progress and logs belong.
    const state = path.join(folder, 'state');
    const progressFile = path.join(state, 'progress.json');
    const run = new Run(
      {
        command: ['/bin/sh', '-c', 'echo hello'],
        workFolder: work,
        logFolder: state,
        progressFile,
        jobs: [{ id: '1', name: 'train', stage: 'train', state: 'waiting' }],
        timeLimitMs: 60_000,
      },
      text => text,
    );
    let over = false;
    const running = run
      .start({ PATH: process.env.PATH, [MARK_VARIABLE]: randomUUID() })
      .then(() => {
        over = true;
      });
    await delay(300);
    expect(over).toBe(false);
    await fs.mkdir(state);
    await running;
    const progress = await readJson(progressFile, progressSchema);
    expect(progress?.ending?.state).toBe('succeeded');
  }, 30_000);
});
