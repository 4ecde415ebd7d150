import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import {
  CallOptions,
  CiPipeline,
  LogChunk,
  NewRepository,
  Repository,
  SourceEngine,
} from '../../contracts';
import { FakeEngine } from './FakeEngine';

/** A source engine without Git: repositories are names with the paths they were made from. For tests of the hub. */
export class FakeSourceEngine extends FakeEngine implements SourceEngine {
  readonly repositories = new Map<string, Repository>();
  /** Paths of the first commit by repository. */
  readonly files = new Map<string, string[]>();
  /** Newest first, by repository; tests write it. */
  readonly ci = new Map<string, CiPipeline[]>();
  /** Text by `<repository>/<pipeline>/<job>`. */
  readonly logs = new Map<string, string>();

  /** `ci: false` says that it runs none. */
  constructor(id = 'fake', capabilities = { ci: true }) {
    super(id, capabilities);
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
    this.files.set(
      name,
      await readdir(contentPath, { recursive: true, encoding: 'utf8' }),
    );
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

  private known(name: string): Repository {
    const found = this.repositories.get(name);
    if (!found) throw new NotFoundError(`there is no repository ${name}`);
    return found;
  }
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
