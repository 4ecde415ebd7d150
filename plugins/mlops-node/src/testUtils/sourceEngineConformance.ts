/* eslint-disable jest/no-export, jest/valid-title, jest/expect-expect, jest/no-disabled-tests -- the tests of engines call this suite */
import { promises as fs } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { itKeepsCommonPromises } from './commonPromises';
import { itRunsCi, SourceBehaviour } from './sourceCiConformance';
import { itComparesCommits } from './sourceDiffConformance';
import {
  SOURCE_PATIENCE,
  SourceEngineDriver,
  SourceEngineSubject,
} from './sourceEngineDriver';

export type { SourceContent, SourceEngineSubject } from './sourceEngineDriver';

export type { SourceBehaviour } from './sourceCiConformance';

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

    itKeepsCommonPromises({
      engine: () => driver.subject.engine,
      capabilities: {
        ci: ['ci', 'ci-failure', 'ci-deletion', 'masking'],
        diff: ['diff'],
      },
      skips,
      strangers: () => driver.strangers(),
      forgiving: ['deleteRepository'],
    });

    behaves(
      'repositories',
      'makes nothing for a caller that has gone',
      async () => {
        const wanted = await driver.request('none');
        await expect(
          driver.subject.engine.createRepository(wanted, {
            signal: AbortSignal.abort(new Error('the caller has gone')),
          }),
        ).rejects.toThrow('the caller has gone');
        await expect(driver.get(wanted.name)).rejects.toMatchObject({
          name: 'NotFoundError',
        });
      },
    );

    behaves(
      'refusals',
      'gives a name to one of two who ask for it at once',
      async () => {
        const one = await driver.request('none');
        const other = await driver.request('none', { name: one.name });
        const both = await Promise.allSettled([
          driver.create(one),
          driver.create(other),
        ]);
        const refused = both.filter(({ status }) => status === 'rejected');
        expect(refused).toMatchObject([{ reason: { name: 'ConflictError' } }]);
        const winner = both[0].status === 'fulfilled' ? one : other;
        expect(await driver.get(one.name)).toMatchObject({
          createdBy: winner.idempotencyKey,
        });
      },
    );

    behaves(
      'repositories',
      'has an empty list of CI where nothing ran, and no log of it',
      async () => {
        const { name: made } = await driver.create(
          await driver.request('none'),
        );
        const { items, total } = await driver.list(made);
        expect(items).toHaveLength(total);
        const at = { repository: made, ciPipelineId: 'none', jobId: 'none' };
        await expect(
          driver.subject.engine.getCiLog(
            { ...at, offset: 0 },
            { signal: new AbortController().signal },
          ),
        ).rejects.toMatchObject({ name: 'NotFoundError' });
      },
    );

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

    itComparesCommits(behaves, () => driver);
    itRunsCi(behaves, () => driver);
  });
}
