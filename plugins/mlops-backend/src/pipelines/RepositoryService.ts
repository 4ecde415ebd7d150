import { ConflictError, NotImplementedError } from '@backstage/errors';
import { RepositoryView } from '@mlops-portal/plugin-mlops-common';
import {
  isDiskFull,
  Repository,
  RepositoryDiff,
} from '@mlops-portal/plugin-mlops-node';
import { isoTime } from '../database/values';
import { EngineRegistry } from '../engines/EngineRegistry';
import { EffectStore } from '../jobs/EffectStore';
import { RepositoryFile, checkPaths, withFolder } from './repositoryFiles';
import { KnownRepository, RepositoryStore } from './RepositoryStore';

/** A page does not wait longer than this for the engine while something is known. */
const READ_MS = 3000;

export interface RepositoryServiceDeps {
  engines: EngineRegistry;
  effects: EffectStore;
  repositories: RepositoryStore;
  /** Why the problem cannot be taken back, undefined when it can. */
  inUse(name: string): Promise<string | undefined>;
  /** Removes what the hub knows of a problem. */
  forget(name: string): Promise<void>;
}

/** Repositories and their CI: made and removed once per key, read from the engine or, while it is silent, as last seen. */
export class RepositoryService {
  constructor(private readonly deps: RepositoryServiceDeps) {}

  async create(
    request: {
      name: string;
      description: string;
      files: RepositoryFile[];
      idempotencyKey: string;
    },
    caller: { actor: string; signal: AbortSignal },
  ): Promise<RepositoryView> {
    const { engines, effects, repositories } = this.deps;
    checkPaths(request.files);
    const { idempotencyKey, ...content } = request;
    const effect = {
      kind: 'createRepository',
      key: idempotencyKey,
      request: content,
      signal: caller.signal,
    };
    return await effects.once(effect, async () => {
      const engine = engines.get('source');
      const made = await withFolder(request.files, contentPath =>
        engine.createRepository(
          {
            name: request.name,
            description: request.description,
            contentPath,
            author: authorOf(caller.actor),
            commitMessage: `Start ${request.name}`,
            idempotencyKey,
          },
          { signal: caller.signal },
        ),
      );
      await repositories.put(engine.id, made);
      return viewOf(engine.id, made);
    });
  }

  /** Takes a half-made problem back. ConflictError once a version of it is in an endpoint. */
  async remove(
    name: string,
    idempotencyKey: string,
    signal: AbortSignal,
  ): Promise<boolean> {
    const { effects, engines, repositories, inUse, forget } = this.deps;
    const effect = {
      kind: 'deleteRepository',
      key: idempotencyKey,
      request: { name },
      signal,
    };
    return await effects.once(effect, async () => {
      const use = await inUse(name);
      if (use) throw new ConflictError(`${name} cannot be taken back: ${use}`);
      const known = await repositories.get(name);
      const engine = engines.get('source', known?.engine);
      const there = await this.ask(signal, s =>
        engine.getRepository(name, { signal: s }),
      ).then(Boolean, absent);
      await engine.deleteRepository(name, { signal });
      await forget(name);
      await repositories.remove(name);
      return there || known !== undefined;
    });
  }

  async get(name: string, signal: AbortSignal): Promise<RepositoryView> {
    const { repositories, engines } = this.deps;
    const known = await repositories.get(name);
    const engine = engines.get('source', known?.engine);
    try {
      const found = await this.ask(signal, s =>
        engine.getRepository(name, { signal: s }),
      );
      await kept(repositories.put(engine.id, found));
      return viewOf(engine.id, found);
    } catch (error) {
      return viewOf(engine.id, lastKnown(known, error).repository);
    }
  }

  async listCi(
    name: string,
    page: { limit: number; offset: number },
    signal: AbortSignal,
  ) {
    const { repositories, engines } = this.deps;
    const known = await repositories.get(name);
    const engine = engines.get('source', known?.engine);
    try {
      const found = await this.ask(signal, s =>
        engine.listCiPipelines(name, page, { signal: s }),
      );
      const observedAt =
        (await kept(repositories.putCi(name, found.items))) ?? isoTime();
      return {
        items: found.items.map(item => ({ ...item, observedAt })),
        total: found.total,
      };
    } catch (error) {
      lastKnown(known, error);
      return await repositories.listCi(name, page);
    }
  }

  async ciLog(
    at: { name: string; ci: string; job: string; offset: number },
    signal: AbortSignal,
  ) {
    const known = await this.deps.repositories.get(at.name);
    return await this.deps.engines.get('source', known?.engine).getCiLog(
      {
        repository: at.name,
        ciPipelineId: at.ci,
        jobId: at.job,
        offset: at.offset,
      },
      { signal },
    );
  }

  /** NotImplementedError where the engine compares no commits, NotFoundError for an unknown repository or commit. */
  async diff(
    name: string,
    between: { from: string; to: string },
    signal: AbortSignal,
  ): Promise<RepositoryDiff> {
    const known = await this.deps.repositories.get(name);
    const engine = this.deps.engines.get('source', known?.engine);
    const { capabilities } = await engine.getInfo({ signal });
    if (!capabilities.diff) {
      throw new NotImplementedError(
        `${engine.title} does not compare commits: clone ${name} and run git diff ${between.from} ${between.to}`,
      );
    }
    return await engine.diff(name, between, { signal });
  }

  /** Where steps get the code from. */
  async cloneUrl(name: string): Promise<string> {
    const known = await this.deps.repositories.get(name);
    if (known) return known.repository.cloneUrl;
    const { signal } = new AbortController();
    return (await this.get(name, signal)).cloneUrl;
  }

  private async ask<T>(
    signal: AbortSignal,
    question: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    return await question(
      AbortSignal.any([signal, AbortSignal.timeout(READ_MS)]),
    );
  }
}

/** What was seen last, for an engine that is silent; its refusals stay refusals. */
function lastKnown(
  known: KnownRepository | undefined,
  error: unknown,
): KnownRepository {
  const silent = ![
    'NotFoundError',
    'InputError',
    'NotImplementedError',
  ].includes((error as Error).name);
  if (known && silent) return known;
  throw error;
}

/** What the engine told is shown also where a full disk keeps it from being remembered; undefined then. */
async function kept<T>(writing: Promise<T>): Promise<T | undefined> {
  try {
    return await writing;
  } catch (error) {
    if (!isDiskFull(error)) throw error;
    return undefined;
  }
}

function absent(error: Error): false {
  if (error.name === 'NotFoundError') return false;
  throw error;
}

function authorOf(actor: string): { name: string; email: string } {
  const name = actor.split(/[:/]/).at(-1) || 'portal';
  return { name, email: `${name.replace(/[^\w.-]/g, '-')}@portal.invalid` };
}

function viewOf(engine: string, repository: Repository): RepositoryView {
  const { name, cloneUrl, cloneCommand, webUrl, defaultBranch, headCommit } =
    repository;
  return {
    name,
    engine,
    cloneUrl,
    cloneCommand,
    webUrl,
    defaultBranch,
    headCommit,
  };
}
