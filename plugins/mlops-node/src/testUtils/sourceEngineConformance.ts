/* eslint-disable jest/no-export, jest/valid-title, jest/expect-expect, jest/no-disabled-tests -- the tests of engines call this suite */
import { promises as fs } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {
  SOURCE_PATIENCE,
  SourceEngineDriver,
  SourceEngineSubject,
} from './sourceEngineDriver';

export type { SourceContent, SourceEngineSubject } from './sourceEngineDriver';

/** Behaviours that an engine may lack; the reason for a skip is printed. */
export type SourceBehaviour =
  | 'repositories'
  | 'refusals'
  | 'clone-and-push'
  | 'ci'
  | 'ci-failure'
  | 'ci-deletion'
  | 'masking';

/** One suite for every source engine; it knows nothing but the contract. */
export function describeSourceEngineConformance(
  name: string,
  make: () => Promise<SourceEngineSubject>,
  skips: Partial<Record<SourceBehaviour, string>> = {},
) {
  describe(`${name} keeps the contract of a source engine`, () => {
    let scratch: string;
    let driver: SourceEngineDriver;

    beforeAll(async () => {
      scratch = await fs.mkdtemp(path.join(os.tmpdir(), 'conformance-'));
      driver = new SourceEngineDriver(await make(), scratch);
    }, SOURCE_PATIENCE);
    afterEach(() => driver.deleteAll(), SOURCE_PATIENCE);
    afterAll(async () => {
      await driver?.subject.dispose?.();
      await fs.rm(scratch, { recursive: true, force: true });
    }, SOURCE_PATIENCE);

    const behaves = (
      behaviour: SourceBehaviour,
      title: string,
      body: () => Promise<void>,
    ) => {
      const reason = skips[behaviour];
      if (reason) it.skip(`${title} (skipped: ${reason})`, () => {});
      else it(title, body, SOURCE_PATIENCE);
    };

    behaves('repositories', 'says what it is', async () => {
      const info = await driver.subject.engine.getInfo({
        signal: new AbortController().signal,
      });
      expect(info.version).toMatch(/\d/);
      expect(info.capabilities.ci).toEqual(expect.any(Boolean));
    });

    behaves(
      'repositories',
      'makes one repository for one key, however often it is asked',
      async () => {
        const wanted = await driver.request('none');
        const [first, second] = await Promise.all([
          driver.create(wanted),
          driver.create(wanted),
        ]);
        expect(second).toEqual(first);
        expect(await driver.create(wanted)).toEqual(first);
        expect(first).toMatchObject({
          name: wanted.name,
          createdBy: wanted.idempotencyKey,
          headCommit: expect.stringMatching(/^[0-9a-f]{40}$/),
        });
        expect(await driver.get(wanted.name)).toEqual(first);
      },
    );

    behaves(
      'refusals',
      'refuses a name that belongs to another key and leaves its repository alone',
      async () => {
        const first = await driver.create(await driver.request('none'));
        await expect(
          driver.create(await driver.request('good', { name: first.name })),
        ).rejects.toMatchObject({
          name: 'ConflictError',
          message: expect.stringContaining(first.name),
        });
        expect(await driver.get(first.name)).toEqual(first);
      },
    );

    behaves(
      'refusals',
      'refuses names that are none and knows nothing of what does not exist',
      async () => {
        for (const wrong of ['', '../up', 'Upper', 'a/b', '-x', 'x'.repeat(64)])
          await expect(
            driver.subject.engine.createRepository(
              await driver.request('none', { name: wrong }),
              { signal: new AbortController().signal },
            ),
          ).rejects.toMatchObject({ name: 'InputError' });
        await expect(driver.get('not-there')).rejects.toMatchObject({
          name: 'NotFoundError',
        });
        await expect(driver.list('not-there')).rejects.toMatchObject({
          name: 'NotFoundError',
        });
      },
    );

    behaves(
      'repositories',
      'deletes a repository, and what does not exist, with success',
      async () => {
        const { name: gone } = await driver.create(
          await driver.request('none'),
        );
        await driver.delete(gone);
        await driver.delete(gone);
        await expect(driver.get(gone)).rejects.toMatchObject({
          name: 'NotFoundError',
        });
      },
    );

    behaves(
      'clone-and-push',
      'serves git clients: what was given is cloned, what is pushed becomes the head',
      async () => {
        const repository = await driver.create(await driver.request('none'));
        const folder = await driver.clone(repository);
        expect(await driver.git(folder, 'rev-parse', 'HEAD')).toBe(
          repository.headCommit,
        );
        expect(
          await driver.git(folder, 'log', '-1', '--format=%an %ae %s'),
        ).toBe('Ada ada@example.com First version');
        const { mode } = await fs.stat(path.join(folder, 'run.sh'));
        expect(mode % 0o200).toBeGreaterThanOrEqual(0o100);

        const second = await driver.push(folder, 'Second');
        const now = await driver.get(repository.name);
        expect(now.headCommit).toBe(second);
      },
    );

    behaves(
      'clone-and-push',
      'refuses git clients without the token',
      async () => {
        const repository = await driver.create(await driver.request('none'));
        const wrong = driver.urlWith(repository, 'wrong');
        for (const url of [repository.cloneUrl, wrong])
          await expect(driver.lsRemote(url)).rejects.toThrow(
            /Authentication failed|could not read Username/,
          );
      },
    );

    behaves(
      'ci',
      'runs CI for the first commit and for each push, newest first, with jobs and logs',
      async () => {
        const repository = await driver.create(await driver.request('good'));
        const first = await driver.ended(
          repository.name,
          repository.headCommit,
        );
        expect(first).toMatchObject({
          state: 'succeeded',
          branch: repository.defaultBranch,
          message: 'First version',
          author: 'Ada',
        });
        expect(driver.job(first, 'check')).toMatchObject({
          state: 'succeeded',
          stage: 'test',
          startedAt: expect.any(String),
          finishedAt: expect.any(String),
        });
        expect(driver.job(first, 'build').stage).toBe('build');
        expect(await driver.log(repository.name, first, 'check')).toContain(
          `checking ${repository.headCommit}`,
        );
        expect(await driver.log(repository.name, first, 'build')).toMatch(
          /^built$/m,
        );

        const folder = await driver.clone(repository);
        const commit = await driver.push(folder, 'Second');
        await driver.until(
          repository.name,
          newest => newest?.commit === commit,
        );
        const second = await driver.ended(repository.name, commit);
        expect(second).toMatchObject({ state: 'succeeded', message: 'Second' });
        const { items, total } = await driver.list(repository.name);
        expect(items.map(({ id }) => id)).toEqual([second.id, first.id]);
        expect(total).toBe(2);
        const page = await driver.list(repository.name, {
          limit: 1,
          offset: 1,
        });
        expect(page.items.map(({ id }) => id)).toEqual([first.id]);
      },
    );

    behaves('masking', 'hides secrets in the logs of CI jobs', async () => {
      const repository = await driver.create(await driver.request('good'));
      const pipeline = await driver.ended(
        repository.name,
        repository.headCommit,
      );
      const log = await driver.log(repository.name, pipeline, 'check');
      expect(log).toMatch(/^secret: \S+$/m);
      expect(log).not.toContain(driver.subject.secret);
    });

    behaves(
      'ci-failure',
      'calls CI failed, with a reason, when a job fails',
      async () => {
        const repository = await driver.create(await driver.request('bad'));
        const pipeline = await driver.ended(
          repository.name,
          repository.headCommit,
        );
        expect(pipeline).toMatchObject({
          state: 'failed',
          reason: expect.stringContaining('build'),
          finishedAt: expect.any(String),
        });
        expect(driver.job(pipeline, 'check').state).toBe('succeeded');
        expect(driver.job(pipeline, 'build').state).toBe('failed');
        expect(await driver.log(repository.name, pipeline, 'build')).toContain(
          'broken',
        );
      },
    );

    behaves(
      'ci-failure',
      'calls CI failed, with a reason, when its definition does not parse',
      async () => {
        const repository = await driver.create(await driver.request('broken'));
        expect(
          await driver.ended(repository.name, repository.headCommit),
        ).toMatchObject({ state: 'failed', reason: expect.any(String) });
      },
    );

    behaves(
      'ci-deletion',
      'deletes a repository whose CI runs, and starts afresh under the same name',
      async () => {
        const wanted = await driver.request('slow');
        const repository = await driver.create(wanted);
        const running = await driver.until(
          wanted.name,
          newest =>
            newest?.jobs.some(({ state }) => state === 'running') ?? false,
        );
        await driver.delete(wanted.name);
        await expect(driver.list(wanted.name)).rejects.toMatchObject({
          name: 'NotFoundError',
        });
        await driver.create(
          await driver.request('none', { name: repository.name }),
        );
        const { items } = await driver.list(wanted.name);
        expect(items.map(({ id }) => id)).not.toContain(running.id);
      },
    );
  });
}
