import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isFinal, WorkState } from '@mlops-portal/plugin-mlops-common';
import { processesNaming } from '../environment/__testUtils__/processesNaming';
import { writeContent } from './__testUtils__/conformanceContent';
import { startEngine, StartedEngine } from './__testUtils__/startEngine';

jest.setTimeout(60_000);

/** Long enough to be told apart from a call that waits for git. */
const PATIENCE_MS = 10_000;

describe('repositories on a machine whose git hangs', () => {
  let folder: string;
  let started: StartedEngine;
  const path = process.env.PATH;
  /** Names the hanging processes of this test. */
  const seconds = String(600 + Math.floor(Math.random() * 1e6));

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hanging-git-'));
    started = await startEngine();
    await started.engine.createRepository(
      {
        name: 'there',
        description: '',
        contentPath: await writeContent(folder, 'none'),
        author: { name: 'Ada', email: 'ada@example.com' },
        commitMessage: 'First',
        idempotencyKey: 'there',
      },
      { signal: new AbortController().signal },
    );
    // CI has its own time limits: its calls to git are over before git hangs.
    for (
      let state = 'waiting';
      !isFinal(state as WorkState);
      await sleep(100)
    ) {
      const { items } = await started.engine.listCiPipelines(
        'there',
        { limit: 1, offset: 0 },
        { signal: new AbortController().signal },
      );
      state = items[0]?.state ?? state;
    }
    await mkdir(join(folder, 'bin'));
    const git = join(folder, 'bin', 'git');
    await writeFile(git, `#!/bin/sh\nexec sleep ${seconds}\n`);
    await chmod(git, 0o755);
  });
  afterAll(async () => {
    process.env.PATH = path;
    await started.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  it('holds no caller longer than it waits, and leaves no process', async () => {
    process.env.PATH = `${join(folder, 'bin')}:${path}`;
    const { engine } = started;
    const wanted = {
      name: 'new',
      description: '',
      contentPath: join(folder, 'content-none'),
      author: { name: 'Ada', email: 'ada@example.com' },
      commitMessage: 'First',
      idempotencyKey: 'new',
    };
    const calls = [
      (signal: AbortSignal) => engine.getInfo({ signal }),
      (signal: AbortSignal) => engine.getRepository('there', { signal }),
      (signal: AbortSignal) => engine.createRepository(wanted, { signal }),
    ];
    for (const call of calls) {
      const begun = Date.now();
      await expect(call(AbortSignal.timeout(300))).rejects.toMatchObject({
        name: 'TimeoutError',
      });
      expect(Date.now() - begun).toBeLessThan(PATIENCE_MS);
    }
    for (const end = Date.now() + PATIENCE_MS; Date.now() < end; ) {
      if (!(await processesNaming(`sleep\0${seconds}`)).length) break;
      await sleep(50);
    }
    expect(await processesNaming(`sleep\0${seconds}`)).toEqual([]);

    process.env.PATH = path;
    const { signal } = new AbortController();
    expect(await engine.getRepository('there', { signal })).toMatchObject({
      name: 'there',
    });
    expect(await engine.createRepository(wanted, { signal })).toMatchObject({
      name: 'new',
      headCommit: expect.stringMatching(/^[0-9a-f]{40}$/),
    });
  });
});
