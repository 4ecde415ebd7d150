import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import {
  CallOptions,
  CiPipeline,
  DiffCommit,
  LogChunk,
  NewRepository,
  Repository,
  RepositoryDiff,
  SourceEngine,
} from '../../contracts';
import { boundDiff } from '../../diff';
import { fakeDiff, FakeTree } from './fakeDiff';
import { FakeEngine } from './FakeEngine';

interface FakeCommit extends DiffCommit {
  tree: FakeTree;
}

/** A source engine without Git: repositories are names with the files of their commits. For tests of the hub. */
export class FakeSourceEngine extends FakeEngine implements SourceEngine {
  readonly repositories = new Map<string, Repository>();
  /** Paths of the first commit by repository. */
  readonly files = new Map<string, string[]>();
  /** Newest first, by repository; tests write it. */
  readonly ci = new Map<string, CiPipeline[]>();
  /** Text by `<repository>/<pipeline>/<job>`. */
  readonly logs = new Map<string, string>();
  /** Oldest first, by repository. */
  private readonly commits = new Map<string, FakeCommit[]>();

  /** `ci: false` says that it runs none, `diff: false` that it compares none. */
  constructor(
    id = 'fake',
    capabilities: { ci?: boolean; diff?: boolean } = {},
  ) {
    super(id, { ci: true, diff: true, ...capabilities });
  }

  /** Makes a commit upon the last one; null removes a file. @returns its id */
  commit(
    name: string,
    changes: Record<string, string | null>,
    message: string,
  ): string {
    const repository = this.known(name);
    const history = this.commits.get(name) ?? [];
    const tree = new Map(history.at(-1)?.tree);
    for (const [path, content] of Object.entries(changes)) {
      if (content === null) tree.delete(path);
      else tree.set(path, content);
    }
    const commit = createHash('sha1')
      .update(`${repository.headCommit}${message}`)
      .digest('hex');
    const [title] = message.split('\n');
    this.append(name, { commit, message: title, author: 'Ada', tree });
    this.repositories.set(name, { ...repository, headCommit: commit });
    return commit;
  }

  async createRepository(
    request: NewRepository,
    options: CallOptions,
  ): Promise<Repository> {
    this.enter('createRepository', options);
    const { name, idempotencyKey, contentPath } = request;
    if (!/^[a-z][a-z0-9-]{0,62}$/.test(name)) {
      throw new InputError(`"${name}" is not a name for a repository`);
    }
    const known = this.repositories.get(name);
    if (known && known.createdBy !== idempotencyKey) {
      throw new ConflictError(`there is a repository ${name} already`);
    }
    if (known) return known;
    const repository = {
      name,
      cloneUrl: `http://fake.invalid/${name}.git`,
      defaultBranch: 'main',
      headCommit: createHash('sha1').update(idempotencyKey).digest('hex'),
      createdBy: idempotencyKey,
    };
    this.repositories.set(name, repository);
    const tree = await readTree(contentPath);
    this.files.set(name, [...tree.keys()]);
    this.append(name, {
      commit: repository.headCommit,
      message: request.commitMessage,
      author: request.author.name,
      tree,
    });
    return repository;
  }

  async getRepository(name: string, options: CallOptions) {
    this.enter('getRepository', options);
    return this.known(name);
  }

  async deleteRepository(name: string, options: CallOptions): Promise<void> {
    this.enter('deleteRepository', options);
    this.repositories.delete(name);
    this.ci.delete(name);
    this.commits.delete(name);
  }

  async listCiPipelines(
    name: string,
    page: { limit: number; offset: number },
    options: CallOptions,
  ) {
    this.enter('listCiPipelines', options);
    this.known(name);
    const all = this.ci.get(name) ?? [];
    const items = all.slice(page.offset, page.offset + page.limit);
    return { items, total: all.length };
  }

  async getCiLog(
    at: Parameters<SourceEngine['getCiLog']>[0],
    options: CallOptions,
  ): Promise<LogChunk> {
    this.enter('getCiLog', options);
    const key = `${at.repository}/${at.ciPipelineId}/${at.jobId}`;
    const text = this.logs.get(key);
    if (text === undefined) throw new NotFoundError(`there is no log ${key}`);
    return chunkOf(text, at.offset);
  }

  async diff(
    repository: string,
    between: { from: string; to: string },
    options: CallOptions,
  ): Promise<RepositoryDiff> {
    this.enter('diff', options);
    this.known(repository);
    const [before, after] = [between.from, between.to].map(commit =>
      this.placeOf(repository, commit),
    );
    const history = this.commits.get(repository) ?? [];
    return boundDiff({
      from: between.from,
      to: between.to,
      files: fakeDiff(history[before].tree, history[after].tree),
      commits: history
        .slice(before + 1, after + 1)
        .reverse()
        .map(({ tree, ...commit }) => commit),
      truncated: false,
    });
  }

  private placeOf(repository: string, commit: string): number {
    if (!/^[0-9a-f]{40}$/.test(commit)) {
      throw new InputError(`"${commit}" is not the full id of a commit`);
    }
    const history = this.commits.get(repository) ?? [];
    const place = history.findIndex(one => one.commit === commit);
    if (place < 0) {
      throw new NotFoundError(`${repository} has no commit ${commit}`);
    }
    return place;
  }

  private append(name: string, commit: Omit<FakeCommit, 'at'>): void {
    const history = this.commits.get(name) ?? [];
    const at = new Date(Date.UTC(2026, 0, 1, 0, history.length)).toISOString();
    this.commits.set(name, [...history, { ...commit, at }]);
  }

  private known(name: string): Repository {
    const found = this.repositories.get(name);
    if (!found) throw new NotFoundError(`there is no repository ${name}`);
    return found;
  }
}

async function readTree(folder: string): Promise<FakeTree> {
  const entries = await readdir(folder, {
    recursive: true,
    withFileTypes: true,
  });
  const files = entries.filter(entry => entry.isFile());
  return new Map(
    await Promise.all(
      files.map(async ({ parentPath, name }): Promise<[string, string]> => {
        const path = join(parentPath, name);
        return [relative(folder, path), await readFile(path, 'utf8')];
      }),
    ),
  );
}

/** A finished text from a byte offset. */
export function chunkOf(text: string, offset: number): LogChunk {
  const bytes = Buffer.from(text);
  return {
    text: bytes.subarray(offset).toString('utf8'),
    nextOffset: bytes.length,
    complete: true,
  };
}
