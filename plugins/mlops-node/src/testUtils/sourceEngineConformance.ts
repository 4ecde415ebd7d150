/* eslint-disable jest/no-export, jest/valid-title, jest/expect-expect, jest/no-disabled-tests -- the tests of engines call this suite */
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { promises as fs } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { isFinal } from '@mlops-portal/plugin-mlops-common';
import {
  CiJob,
  CiPipeline,
  NewRepository,
  Repository,
  SourceEngine,
} from '../contracts';

/**
 * What an engine's test brings: folders whose CI definition has the jobs `check` (stage test) and `build` (stage build, after it).
 *
 * `good`: check prints "checking <commit id>" and "secret: $CONFORMANCE_TOKEN", build prints "built".
 * `bad`: build prints "broken" and ends with exit code 3. `slow`: check takes ten minutes. `broken`: the CI definition does not
 * parse. `none`: there is no CI definition.
 * Each folder also holds `README.md` and the executable `run.sh`.
 */
export type SourceContent = 'good' | 'bad' | 'slow' | 'broken' | 'none';

export interface SourceEngineSubject {
  engine: SourceEngine;
  /** Path of the folder. */
  content: (kind: SourceContent) => Promise<string>;
  /** Password of git clients for the clone URL. */
  token: string;
  /** Value of CONFORMANCE_TOKEN in CI jobs. */
  secret: string;
  dispose?: () => Promise<void>;
}

/** Behaviours that an engine may lack; the reason for a skip is printed. */
export type SourceBehaviour =
  | 'repositories'
  | 'refusals'
  | 'clone-and-push'
  | 'ci'
  | 'ci-failure'
  | 'ci-deletion'
  | 'masking';

const PATIENCE = 3 * 60_000;
const run = promisify(execFile);

/** One suite for every source engine; it knows nothing but the contract. */
export function describeSourceEngineConformance(
  name: string,
  make: () => Promise<SourceEngineSubject>,
  skips: Partial<Record<SourceBehaviour, string>> = {},
) {
  describe(`${name} keeps the contract of a source engine`, () => {
    let subject: SourceEngineSubject;
    let scratch: string;
    const made: string[] = [];
    const options = { signal: new AbortController().signal };

    beforeAll(async () => {
      scratch = await fs.mkdtemp(path.join(os.tmpdir(), 'conformance-'));
      subject = await make();
    }, PATIENCE);
    afterEach(async () => {
      for (const repository of made.splice(0))
        await subject.engine.deleteRepository(repository, options);
    }, PATIENCE);
    afterAll(async () => {
      await subject?.dispose?.();
      await fs.rm(scratch, { recursive: true, force: true });
    }, PATIENCE);

    const request = async (
      kind: SourceContent,
      changes: Partial<NewRepository> = {},
    ): Promise<NewRepository> => ({
      name: `conformance-${randomUUID().slice(0, 8)}`,
      description: 'Made by the conformance suite',
      contentPath: await subject.content(kind),
      author: { name: 'Ada', email: 'ada@example.com' },
      commitMessage: 'First version',
      idempotencyKey: randomUUID(),
      ...changes,
    });
    const create = async (wanted: NewRepository): Promise<Repository> => {
      made.push(wanted.name);
      return subject.engine.createRepository(wanted, options);
    };
    const list = (repository: string) =>
      subject.engine.listCiPipelines(
        repository,
        { limit: 10, offset: 0 },
        options,
      );
    const until = async (
      repository: string,
      reached: (newest: CiPipeline | undefined) => boolean,
    ): Promise<CiPipeline> => {
      for (const end = Date.now() + PATIENCE; Date.now() < end; ) {
        const [newest] = (await list(repository)).items;
        if (reached(newest)) return newest;
        await sleep(150);
      }
      throw new Error(`CI of ${repository} did not get there in time.`);
    };
    const ended = (repository: string, commit: string) =>
      until(
        repository,
        newest =>
          newest !== undefined &&
          newest.commit === commit &&
          isFinal(newest.state),
      );
    const job = (pipeline: CiPipeline, wanted: string): CiJob => {
      const found = pipeline.jobs.find(one => one.name === wanted);
      if (!found) throw new Error(`There is no job ${wanted}.`);
      return found;
    };
    const wholeLog = async (
      repository: string,
      pipeline: CiPipeline,
      wanted: string,
    ) => {
      let text = '';
      for (let offset = 0; ; ) {
        const chunk = await subject.engine.getCiLog(
          {
            repository,
            ciPipelineId: pipeline.id,
            jobId: job(pipeline, wanted).id,
            offset,
          },
          options,
        );
        text += chunk.text;
        offset = chunk.nextOffset;
        if (chunk.complete) return text;
        await sleep(100);
      }
    };
    const git = async (folder: string, ...args: string[]) => {
      const { stdout } = await run(
        'git',
        ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', ...args],
        { cwd: folder, env: { ...process.env, GIT_TERMINAL_PROMPT: '0' } },
      );
      return stdout.trim();
    };
    const clone = async (repository: Repository) => {
      const url = new URL(repository.cloneUrl);
      url.username = 'anybody';
      url.password = subject.token;
      const folder = path.join(scratch, randomUUID());
      await git(scratch, 'clone', '--quiet', url.toString(), folder);
      return folder;
    };
    const behaves = (
      behaviour: SourceBehaviour,
      title: string,
      body: () => Promise<void>,
    ) => {
      const reason = skips[behaviour];
      if (reason) it.skip(`${title} (skipped: ${reason})`, () => {});
      else it(title, body, PATIENCE);
    };

    behaves('repositories', 'says what it is', async () => {
      const info = await subject.engine.getInfo(options);
      expect(info.version).toMatch(/\d/);
      expect(info.capabilities.ci).toEqual(expect.any(Boolean));
    });

    behaves(
      'repositories',
      'makes one repository for one key, however often it is asked',
      async () => {
        const wanted = await request('none');
        const [first, second] = await Promise.all([
          create(wanted),
          create(wanted),
        ]);
        expect(second).toEqual(first);
        expect(await create(wanted)).toEqual(first);
        expect(first).toMatchObject({
          name: wanted.name,
          createdBy: wanted.idempotencyKey,
          headCommit: expect.stringMatching(/^[0-9a-f]{40}$/),
        });
        expect(
          await subject.engine.getRepository(wanted.name, options),
        ).toEqual(first);
      },
    );

    behaves(
      'refusals',
      'refuses a name that belongs to another key and leaves its repository alone',
      async () => {
        const first = await create(await request('none'));
        await expect(
          create(await request('good', { name: first.name })),
        ).rejects.toMatchObject({
          name: 'ConflictError',
          message: expect.stringContaining(first.name),
        });
        expect(await subject.engine.getRepository(first.name, options)).toEqual(
          first,
        );
      },
    );

    behaves(
      'refusals',
      'refuses names that are none and knows nothing of what does not exist',
      async () => {
        for (const wrong of ['', '../up', 'Upper', 'a/b', '-x', 'x'.repeat(64)])
          await expect(
            subject.engine.createRepository(
              await request('none', { name: wrong }),
              options,
            ),
          ).rejects.toMatchObject({ name: 'InputError' });
        await expect(
          subject.engine.getRepository('not-there', options),
        ).rejects.toMatchObject({ name: 'NotFoundError' });
        await expect(list('not-there')).rejects.toMatchObject({
          name: 'NotFoundError',
        });
      },
    );

    behaves(
      'repositories',
      'deletes a repository, and what does not exist, with success',
      async () => {
        const { name: gone } = await create(await request('none'));
        await subject.engine.deleteRepository(gone, options);
        await subject.engine.deleteRepository(gone, options);
        await expect(
          subject.engine.getRepository(gone, options),
        ).rejects.toMatchObject({ name: 'NotFoundError' });
      },
    );

    behaves(
      'clone-and-push',
      'serves git clients: what was given is cloned, what is pushed becomes the head',
      async () => {
        const repository = await create(await request('none'));
        const folder = await clone(repository);
        expect(await git(folder, 'rev-parse', 'HEAD')).toBe(
          repository.headCommit,
        );
        expect(await git(folder, 'log', '-1', '--format=%an %ae %s')).toBe(
          'Ada ada@example.com First version',
        );
        const { mode } = await fs.stat(path.join(folder, 'run.sh'));
        expect(mode % 0o200).toBeGreaterThanOrEqual(0o100);

        await git(folder, 'commit', '--quiet', '--allow-empty', '-m', 'Second');
        const second = await git(folder, 'rev-parse', 'HEAD');
        await git(folder, 'push', '--quiet', 'origin', 'HEAD');
        const now = await subject.engine.getRepository(
          repository.name,
          options,
        );
        expect(now.headCommit).toBe(second);
      },
    );

    behaves(
      'clone-and-push',
      'refuses git clients without the token',
      async () => {
        const repository = await create(await request('none'));
        const url = new URL(repository.cloneUrl);
        url.username = 'anybody';
        url.password = 'wrong';
        for (const one of [repository.cloneUrl, url.toString()])
          await expect(git(scratch, 'ls-remote', one)).rejects.toThrow(
            /Authentication failed|could not read Username/,
          );
      },
    );

    behaves(
      'ci',
      'runs CI for the first commit and for each push, newest first, with jobs and logs',
      async () => {
        const repository = await create(await request('good'));
        const first = await ended(repository.name, repository.headCommit);
        expect(first).toMatchObject({
          state: 'succeeded',
          branch: repository.defaultBranch,
          message: 'First version',
          author: 'Ada',
        });
        expect(job(first, 'check')).toMatchObject({
          state: 'succeeded',
          stage: 'test',
          startedAt: expect.any(String),
          finishedAt: expect.any(String),
        });
        expect(job(first, 'build').stage).toBe('build');
        expect(await wholeLog(repository.name, first, 'check')).toContain(
          `checking ${repository.headCommit}`,
        );
        expect(await wholeLog(repository.name, first, 'build')).toMatch(
          /^built$/m,
        );

        const folder = await clone(repository);
        await git(folder, 'commit', '--quiet', '--allow-empty', '-m', 'Second');
        await git(folder, 'push', '--quiet', 'origin', 'HEAD');
        const commit = await git(folder, 'rev-parse', 'HEAD');
        await until(repository.name, newest => newest?.commit === commit);
        const second = await ended(repository.name, commit);
        expect(second).toMatchObject({ state: 'succeeded', message: 'Second' });
        const { items, total } = await list(repository.name);
        expect(items.map(({ id }) => id)).toEqual([second.id, first.id]);
        expect(total).toBe(2);
        const page = await subject.engine.listCiPipelines(
          repository.name,
          { limit: 1, offset: 1 },
          options,
        );
        expect(page.items.map(({ id }) => id)).toEqual([first.id]);
      },
    );

    behaves('masking', 'hides secrets in the logs of CI jobs', async () => {
      const repository = await create(await request('good'));
      const pipeline = await ended(repository.name, repository.headCommit);
      const log = await wholeLog(repository.name, pipeline, 'check');
      expect(log).toMatch(/^secret: \S+$/m);
      expect(log).not.toContain(subject.secret);
    });

    behaves(
      'ci-failure',
      'calls CI failed, with a reason, when a job fails',
      async () => {
        const repository = await create(await request('bad'));
        const pipeline = await ended(repository.name, repository.headCommit);
        expect(pipeline).toMatchObject({
          state: 'failed',
          reason: expect.stringContaining('build'),
          finishedAt: expect.any(String),
        });
        expect(job(pipeline, 'check').state).toBe('succeeded');
        expect(job(pipeline, 'build').state).toBe('failed');
        expect(await wholeLog(repository.name, pipeline, 'build')).toContain(
          'broken',
        );
      },
    );

    behaves(
      'ci-failure',
      'calls CI failed, with a reason, when its definition does not parse',
      async () => {
        const repository = await create(await request('broken'));
        expect(
          await ended(repository.name, repository.headCommit),
        ).toMatchObject({ state: 'failed', reason: expect.any(String) });
      },
    );

    behaves(
      'ci-deletion',
      'deletes a repository whose CI runs, and starts afresh under the same name',
      async () => {
        const wanted = await request('slow');
        const repository = await create(wanted);
        const running = await until(
          wanted.name,
          newest =>
            newest?.jobs.some(({ state }) => state === 'running') ?? false,
        );
        await subject.engine.deleteRepository(wanted.name, options);
        await expect(list(wanted.name)).rejects.toMatchObject({
          name: 'NotFoundError',
        });
        await create(await request('none', { name: repository.name }));
        const { items } = await list(wanted.name);
        expect(items.map(({ id }) => id)).not.toContain(running.id);
      },
    );
  });
}
