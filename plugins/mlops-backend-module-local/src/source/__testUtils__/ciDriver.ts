import { randomUUID } from 'node:crypto';
import { promises as fs } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isFinal } from '@mlops-portal/plugin-mlops-common';
import { CiPipeline, Repository } from '@mlops-portal/plugin-mlops-node';
import { git } from '../git';
import { StartedEngine, TOKEN } from './startEngine';

const PATIENCE_MS = 150_000;
const signal = new AbortController().signal;

/** What tests of CI do with an engine, in few words. */
export class CiDriver {
  constructor(private readonly started: () => StartedEngine) {}

  /** A repository with these files. */
  async create(
    files: Record<string, string>,
    name = `ci-${randomUUID().slice(0, 8)}`,
  ): Promise<Repository> {
    const { engine, home } = this.started();
    const contentPath = path.join(home, `content-${randomUUID()}`);
    await writeFiles(contentPath, { 'README.md': '# CI\n', ...files });
    return engine.createRepository(
      {
        name,
        description: '',
        contentPath,
        author: { name: 'Ada', email: 'ada@example.com' },
        commitMessage: 'First version',
        idempotencyKey: name,
      },
      { signal },
    );
  }

  /** Commits straight into the bare repository, past the portal. @returns the new commit */
  async commitBehindThePortal(
    name: string,
    files: Record<string, string>,
    branch = 'main',
  ): Promise<string> {
    const { home } = this.started();
    const folder = path.join(home, `clone-${randomUUID()}`);
    await git([
      'clone',
      '--quiet',
      path.join(home, 'git', `${name}.git`),
      folder,
    ]);
    await writeFiles(folder, files);
    await git(['add', '.'], { cwd: folder });
    await git(
      ['-c', 'user.name=Ada', '-c', 'user.email=a@b', 'commit', '-qm', 'Next'],
      { cwd: folder },
    );
    await git(['push', '--quiet', 'origin', `HEAD:${branch}`], { cwd: folder });
    return (await git(['rev-parse', 'HEAD'], { cwd: folder }))
      .toString()
      .trim();
  }

  /** A push that changes nothing: the portal looks at the branches again. */
  async noticePush(name: string): Promise<void> {
    const url = new URL(`${this.started().baseUrl}/${name}.git`);
    url.username = 'me';
    url.password = TOKEN;
    const folder = path.join(this.started().home, `clone-${randomUUID()}`);
    await git(['clone', '--quiet', url.toString(), folder]);
    await git(['push', '--quiet', 'origin', `HEAD:refs/tags/${randomUUID()}`], {
      cwd: folder,
    });
  }

  async list(name: string): Promise<CiPipeline[]> {
    const { engine } = this.started();
    return (
      await engine.listCiPipelines(
        name,
        { limit: 20, offset: 0 },
        { signal: new AbortController().signal },
      )
    ).items;
  }

  /** The newest CI pipeline once it is as wanted. */
  async until(
    name: string,
    wanted: (pipeline: CiPipeline) => boolean,
  ): Promise<CiPipeline> {
    let newest: CiPipeline | undefined;
    for (const end = Date.now() + PATIENCE_MS; Date.now() < end; ) {
      [newest] = await this.list(name);
      if (newest && wanted(newest)) return newest;
      await sleep(100);
    }
    throw new Error(`CI of ${name} is still ${JSON.stringify(newest)}`);
  }

  async ended(name: string): Promise<CiPipeline> {
    return this.until(name, ({ state }) => isFinal(state));
  }

  async jobRuns(name: string, job: string): Promise<CiPipeline> {
    return this.until(name, ({ jobs }) =>
      jobs.some(one => one.name === job && one.state === 'running'),
    );
  }

  async log(name: string, pipeline: CiPipeline, job: string): Promise<string> {
    const { engine } = this.started();
    const jobId = pipeline.jobs.find(one => one.name === job)!.id;
    const at = {
      repository: name,
      ciPipelineId: pipeline.id,
      jobId,
      offset: 0,
    };
    return (await engine.getCiLog(at, { signal: new AbortController().signal }))
      .text;
  }

  /** Folder of a CI pipeline's state. */
  folder(name: string, pipeline: CiPipeline): string {
    return path.join(this.started().home, 'ci', name, pipeline.id);
  }

  /** The file by which the portal knows a CI pipeline. */
  async record(name: string, pipeline: CiPipeline): Promise<any> {
    const file = path.join(this.folder(name, pipeline), 'pipeline.json');
    return JSON.parse(await fs.readFile(file, 'utf8'));
  }
}

async function writeFiles(
  folder: string,
  files: Record<string, string>,
): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name);
    await fs.mkdir(path.dirname(file), { recursive: true });
    await fs.writeFile(file, text);
  }
}
