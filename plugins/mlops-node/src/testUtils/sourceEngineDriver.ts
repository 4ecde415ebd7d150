import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { promises as fs } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { isFinal } from '@mlops-portal/plugin-mlops-common';
import {
  CallOptions,
  CiJob,
  CiPipeline,
  NewRepository,
  Repository,
  RepositoryDiff,
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
  /** How files get into a repository that git clients cannot push to; null removes a file. @returns the commit */
  commit?: (
    repository: string,
    changes: Record<string, string | null>,
    message: string,
  ) => Promise<string>;
  dispose?: () => Promise<void>;
}

/** How long anything may take in the suite, in milliseconds. */
export const SOURCE_PATIENCE = 3 * 60_000;

const run = promisify(execFile);
const options = { signal: new AbortController().signal };

/** What the suite does with an engine, in few words. */
export class SourceEngineDriver {
  private readonly made: string[] = [];

  /** @param scratch - folder for clones */
  constructor(
    readonly subject: SourceEngineSubject,
    private readonly scratch: string,
  ) {}

  async request(
    kind: SourceContent,
    changes: Partial<NewRepository> = {},
  ): Promise<NewRepository> {
    return {
      name: `conformance-${randomUUID().slice(0, 8)}`,
      description: 'Made by the conformance suite',
      contentPath: await this.subject.content(kind),
      author: { name: 'Ada', email: 'ada@example.com' },
      commitMessage: 'First version',
      idempotencyKey: randomUUID(),
      ...changes,
    };
  }

  /** Every method but the one that makes something, asked for what does not exist. */
  strangers(): Record<string, (call: CallOptions) => Promise<unknown>> {
    const { engine } = this.subject;
    const repository = 'nobody-made-this';
    const at = { repository, ciPipelineId: 'x', jobId: 'x', offset: 0 };
    const between = { from: 'a'.repeat(40), to: 'b'.repeat(40) };
    return {
      getRepository: call => engine.getRepository(repository, call),
      deleteRepository: call => engine.deleteRepository(repository, call),
      listCiPipelines: call =>
        engine.listCiPipelines(repository, { limit: 1, offset: 0 }, call),
      getCiLog: call => engine.getCiLog(at, call),
      diff: call => engine.diff(repository, between, call),
    };
  }

  async create(wanted: NewRepository): Promise<Repository> {
    this.made.push(wanted.name);
    return this.subject.engine.createRepository(wanted, options);
  }

  async get(name: string): Promise<Repository> {
    return this.subject.engine.getRepository(name, options);
  }

  async delete(name: string): Promise<void> {
    return this.subject.engine.deleteRepository(name, options);
  }

  /** Deletes what was created since the last call. */
  async deleteAll(): Promise<void> {
    for (const name of this.made.splice(0)) await this.delete(name);
  }

  async list(
    name: string,
    page = { limit: 10, offset: 0 },
  ): Promise<{ items: CiPipeline[]; total: number }> {
    return this.subject.engine.listCiPipelines(name, page, options);
  }

  /** The newest CI pipeline once it is as wanted. */
  async until(
    name: string,
    reached: (newest: CiPipeline | undefined) => boolean,
  ): Promise<CiPipeline> {
    for (const end = Date.now() + SOURCE_PATIENCE; Date.now() < end; ) {
      const [newest] = (await this.list(name)).items;
      if (reached(newest)) return newest;
      await sleep(150);
    }
    throw new Error(`CI of ${name} did not get there in time.`);
  }

  /** The CI pipeline of a commit once it has ended. */
  async ended(name: string, commit: string): Promise<CiPipeline> {
    return this.until(
      name,
      newest => newest?.commit === commit && isFinal(newest.state),
    );
  }

  job(pipeline: CiPipeline, name: string): CiJob {
    const found = pipeline.jobs.find(one => one.name === name);
    if (!found) throw new Error(`There is no job ${name}.`);
    return found;
  }

  /** All of a job's log, read until it is complete. */
  async log(name: string, pipeline: CiPipeline, job: string): Promise<string> {
    const at = {
      repository: name,
      ciPipelineId: pipeline.id,
      jobId: this.job(pipeline, job).id,
    };
    let text = '';
    for (let offset = 0; ; ) {
      const chunk = await this.subject.engine.getCiLog(
        { ...at, offset },
        options,
      );
      text += chunk.text;
      offset = chunk.nextOffset;
      if (chunk.complete) return text;
      await sleep(100);
    }
  }

  /** Runs git as Ada in a folder and returns what it printed. */
  async git(folder: string, ...args: string[]): Promise<string> {
    const identity = [
      '-c',
      'user.name=Ada',
      '-c',
      'user.email=ada@example.com',
    ];
    const { stdout } = await run('git', [...identity, ...args], {
      cwd: folder,
      env: { ...process.env, GIT_TERMINAL_PROMPT: '0' },
    });
    return stdout.trim();
  }

  /** Asks for the branches of a repository by its address alone. */
  async lsRemote(url: string): Promise<string> {
    return this.git(this.scratch, 'ls-remote', url);
  }

  urlWith(repository: Repository, password: string): string {
    const url = new URL(repository.cloneUrl);
    url.username = 'anybody';
    url.password = password;
    return url.toString();
  }

  /** @returns the folder of a fresh clone */
  async clone(repository: Repository): Promise<string> {
    const folder = path.join(this.scratch, randomUUID());
    const url = this.urlWith(repository, this.subject.token);
    await this.git(this.scratch, 'clone', '--quiet', url, folder);
    return folder;
  }

  /** Changes files and brings them into the repository, with git or as the subject says. @returns the commit */
  async commit(
    name: string,
    changes: Record<string, string | null>,
    message: string,
  ): Promise<string> {
    if (this.subject.commit) return this.subject.commit(name, changes, message);
    const folder = await this.clone(await this.get(name));
    for (const [file, content] of Object.entries(changes)) {
      const at = path.join(folder, file);
      await fs.mkdir(path.dirname(at), { recursive: true });
      if (content === null) await fs.rm(at);
      else await fs.writeFile(at, content);
    }
    await this.git(folder, 'add', '--all');
    return this.push(folder, message);
  }

  async diff(name: string, from: string, to: string): Promise<RepositoryDiff> {
    return this.subject.engine.diff(name, { from, to }, options);
  }

  /** Commits something and pushes it. @returns the commit */
  async push(folder: string, message: string): Promise<string> {
    await this.git(folder, 'commit', '-q', '--allow-empty', '-m', message);
    await this.git(folder, 'push', '--quiet', 'origin', 'HEAD');
    return this.git(folder, 'rev-parse', 'HEAD');
  }
}
