/* eslint-disable jest/no-export, jest/no-standalone-expect -- part of the suite of source engines */
import { SourceEngineDriver } from './sourceEngineDriver';

/** Behaviours that an engine may lack; the reason for a skip is printed. */
export type SourceBehaviour =
  | 'repositories'
  | 'refusals'
  | 'clone-and-push'
  | 'diff'
  | 'ci'
  | 'ci-failure'
  | 'ci-deletion'
  | 'masking';

/** What continuous integration does; called inside the `describe` of the suite. */
export function itRunsCi(
  behaves: (
    behaviour: SourceBehaviour,
    title: string,
    body: () => Promise<void>,
  ) => void,
  driver: () => SourceEngineDriver,
) {
  behaves(
    'ci',
    'runs CI for the first commit and for each push, newest first, with jobs and logs',
    async () => {
      const repository = await driver().create(await driver().request('good'));
      const first = await driver().ended(
        repository.name,
        repository.headCommit,
      );
      expect(first).toMatchObject({
        state: 'succeeded',
        branch: repository.defaultBranch,
        message: 'First version',
        author: 'Ada',
      });
      expect(driver().job(first, 'check')).toMatchObject({
        state: 'succeeded',
        stage: 'test',
        startedAt: expect.any(String),
        finishedAt: expect.any(String),
      });
      expect(driver().job(first, 'build').stage).toBe('build');
      expect(await driver().log(repository.name, first, 'check')).toContain(
        `checking ${repository.headCommit}`,
      );
      expect(await driver().log(repository.name, first, 'build')).toMatch(
        /^built$/m,
      );

      const folder = await driver().clone(repository);
      const commit = await driver().push(folder, 'Second');
      await driver().until(
        repository.name,
        newest => newest?.commit === commit,
      );
      const second = await driver().ended(repository.name, commit);
      expect(second).toMatchObject({ state: 'succeeded', message: 'Second' });
      const { items, total } = await driver().list(repository.name);
      expect(items.map(({ id }) => id)).toEqual([second.id, first.id]);
      expect(total).toBe(2);
      const page = await driver().list(repository.name, {
        limit: 1,
        offset: 1,
      });
      expect(page.items.map(({ id }) => id)).toEqual([first.id]);
    },
  );

  behaves('masking', 'hides secrets in the logs of CI jobs', async () => {
    const repository = await driver().create(await driver().request('good'));
    const pipeline = await driver().ended(
      repository.name,
      repository.headCommit,
    );
    const log = await driver().log(repository.name, pipeline, 'check');
    expect(log).toMatch(/^secret: \S+$/m);
    expect(log).not.toContain(driver().subject.secret);
  });

  behaves(
    'ci-failure',
    'calls CI failed, with a reason, when a job fails',
    async () => {
      const repository = await driver().create(await driver().request('bad'));
      const pipeline = await driver().ended(
        repository.name,
        repository.headCommit,
      );
      expect(pipeline).toMatchObject({
        state: 'failed',
        reason: expect.stringContaining('build'),
        finishedAt: expect.any(String),
      });
      expect(driver().job(pipeline, 'check').state).toBe('succeeded');
      expect(driver().job(pipeline, 'build').state).toBe('failed');
      expect(await driver().log(repository.name, pipeline, 'build')).toContain(
        'broken',
      );
    },
  );

  behaves(
    'ci-failure',
    'calls CI failed, with a reason, when its definition does not parse',
    async () => {
      const repository = await driver().create(
        await driver().request('broken'),
      );
      expect(
        await driver().ended(repository.name, repository.headCommit),
      ).toMatchObject({ state: 'failed', reason: expect.any(String) });
    },
  );

  behaves(
    'ci-deletion',
    'deletes a repository whose CI runs, and starts afresh under the same name',
    async () => {
      const wanted = await driver().request('slow');
      const repository = await driver().create(wanted);
      const running = await driver().until(
        wanted.name,
        newest =>
          newest?.jobs.some(({ state }) => state === 'running') ?? false,
      );
      await driver().delete(wanted.name);
      await expect(driver().list(wanted.name)).rejects.toMatchObject({
        name: 'NotFoundError',
      });
      await driver().create(
        await driver().request('none', { name: repository.name }),
      );
      const { items } = await driver().list(wanted.name);
      expect(items.map(({ id }) => id)).not.toContain(running.id);
    },
  );
}
