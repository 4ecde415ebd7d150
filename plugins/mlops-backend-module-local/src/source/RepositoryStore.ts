import { promises as fs } from 'node:fs';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { ConflictError, NotFoundError } from '@backstage/errors';
import { NewRepository } from '@mlops-portal/plugin-mlops-node';
import { BareRepository } from './BareRepository';
import { checkContentFolder } from './contentFolder';
import { git, gitText } from './git';
import { checkRepositoryName } from './names';

const DEFAULT_BRANCH = 'main';
const CREATED_BY = 'portal.createdBy';

const SETTINGS: Array<[string, string]> = [
  ['receive.fsckObjects', 'true'],
  ['receive.autogc', 'false'],
  ['http.getanyfile', 'false'],
];

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}

/** The repository of a name, if it exists in this folder. NotFoundError if not. */
export async function repositoryIn(
  root: string,
  name: string,
): Promise<BareRepository> {
  const gitDir = path.join(root, `${checkRepositoryName(name)}.git`);
  const stats = await fs.stat(gitDir).catch(() => undefined);
  if (!stats?.isDirectory()) {
    throw new NotFoundError(`There is no repository ${name}`);
  }
  return new BareRepository(name, gitDir);
}

/**
 * The bare repositories `<root>/<name>.git`. A repository appears whole or not at all: it is made under a name that starts with a
 * dot and then renamed; deleted ones are renamed away first.
 */
export class RepositoryStore {
  private constructor(private readonly root: string) {}

  /** Makes the root and clears what an interrupted process left. */
  static async open(root: string): Promise<RepositoryStore> {
    await fs.mkdir(root, { recursive: true, mode: 0o700 });
    for (const entry of await fs.readdir(root)) {
      if (entry.startsWith('.'))
        await fs.rm(path.join(root, entry), { recursive: true, force: true });
    }
    return new RepositoryStore(root);
  }

  async names(): Promise<string[]> {
    const entries = await fs.readdir(this.root);
    return entries
      .filter(entry => entry.endsWith('.git') && !entry.startsWith('.'))
      .map(entry => entry.slice(0, -'.git'.length))
      .sort();
  }

  /** NotFoundError if there is none. */
  async get(name: string): Promise<BareRepository> {
    return repositoryIn(this.root, name);
  }

  /** Effect key under which it was made; undefined if it was not made by us. Rejects when git cannot say. */
  async createdBy(
    name: string,
    options: { signal?: AbortSignal } = {},
  ): Promise<string | undefined> {
    const { gitDir } = this.at(name);
    const key = await gitText(['config', '--get', CREATED_BY], {
      gitDir,
      ...options,
    }).catch(error => {
      // git's way to say that there is no such setting
      if (error?.cause?.code === 1) return '';
      throw error;
    });
    return key || undefined;
  }

  /** The same key finds the repository that it made; ConflictError if the name belongs to another. */
  async create(
    request: NewRepository,
    options: { signal?: AbortSignal },
  ): Promise<BareRepository> {
    const repository = this.at(request.name);
    if (await this.isMadeBy(request, options)) return repository;
    await checkContentFolder(request.contentPath);
    const draft = path.join(this.root, `.new-${randomUUID()}.git`);
    try {
      await this.fill(draft, request, options.signal);
      await fs.rename(draft, repository.gitDir);
    } catch (error) {
      // Somebody else was quicker with this name: the same request, or a conflict.
      const taken = ['ENOTEMPTY', 'EEXIST'].includes(codeOf(error) ?? '');
      if (taken && (await this.isMadeBy(request, options))) return repository;
      throw error;
    } finally {
      await fs.rm(draft, { recursive: true, force: true });
    }
    return repository;
  }

  /** Deleting what does not exist succeeds. */
  async delete(name: string): Promise<void> {
    const gone = path.join(this.root, `.gone-${randomUUID()}`);
    try {
      await fs.rename(this.at(name).gitDir, gone);
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return;
      throw error;
    }
    await fs.rm(gone, { recursive: true, force: true, maxRetries: 5 });
  }

  private at(name: string): BareRepository {
    return new BareRepository(
      name,
      path.join(this.root, `${checkRepositoryName(name)}.git`),
    );
  }

  private async isMadeBy(
    request: NewRepository,
    options: { signal?: AbortSignal },
  ): Promise<boolean> {
    const there = await this.get(request.name).catch(() => undefined);
    if (!there) return false;
    const key = await this.createdBy(request.name, options);
    if (key === request.idempotencyKey) return true;
    throw new ConflictError(
      `A repository named ${request.name} exists already; choose another name, or delete that repository first`,
    );
  }

  private async fill(
    gitDir: string,
    request: NewRepository,
    signal?: AbortSignal,
  ): Promise<void> {
    const { author, contentPath } = request;
    const options = { gitDir, signal };
    await git(
      [
        'init',
        '--quiet',
        '--bare',
        `--initial-branch=${DEFAULT_BRANCH}`,
        gitDir,
      ],
      { signal },
    );
    for (const [key, value] of [
      ...SETTINGS,
      [CREATED_BY, request.idempotencyKey],
    ]) {
      await git(['config', key, value], options);
    }
    await fs.writeFile(
      path.join(gitDir, 'description'),
      `${request.description.replace(/\s+/g, ' ').trim()}\n`,
    );
    const index = path.join(gitDir, 'first-commit.index');
    const work = { GIT_WORK_TREE: contentPath, GIT_INDEX_FILE: index };
    await git(['add', '--all', '.'], {
      ...options,
      cwd: contentPath,
      env: work,
      timeoutMs: 300_000,
    });
    const tree = await gitText(['write-tree'], { ...options, env: work });
    const commit = await gitText(['commit-tree', tree, '-F', '-'], {
      ...options,
      input: `${request.commitMessage.trim() || 'First commit'}\n`,
      env: {
        GIT_AUTHOR_NAME: author.name,
        GIT_AUTHOR_EMAIL: author.email,
        GIT_COMMITTER_NAME: author.name,
        GIT_COMMITTER_EMAIL: author.email,
      },
    });
    await git(['update-ref', `refs/heads/${DEFAULT_BRANCH}`, commit], options);
    await fs.rm(index);
  }
}
