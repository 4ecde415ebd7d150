import path from 'node:path';
import type { Router } from 'express';
import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  CallOptions,
  CiPipeline,
  EngineInfo,
  LogChunk,
  NewRepository,
  Repository,
  RepositoryDiff,
  SourceEngine,
} from '@mlops-portal/plugin-mlops-node';
import { CiService } from '../ci/CiService';
import { CiEnvironments } from '../ci/environments';
import { executorVersion } from '../ci/executor';
import { checkGit } from './checkGit';
import { compareCommits } from './compareCommits';
import { VerifyToken } from './http/access';
import { createGitHttpRouter } from './http/createGitHttpRouter';
import { BackendLimits } from './http/httpBackend';
import { RepositoryStore } from './RepositoryStore';

export interface LocalSourceEngineOptions {
  /** The portal's data folder; repositories lie in its `git`, CI in its `ci`. */
  home: string;
  /** Where the router of `createRouter` is reached, e.g. `http://127.0.0.1:7007/api/mlops/local/git`. */
  baseUrl: string;
  logger: LoggerService;
  /** Makes the Python environments of CI jobs. */
  environments: CiEnvironments;
  /** What CI jobs of a repository get, secrets included, beside GitLab's own variables. */
  getCiEnvironment: (repository: string) => Promise<Record<string, string>>;
  /** How long one CI pipeline may take, in milliseconds. Default: 60 minutes. */
  ciTimeLimitMs?: number;
  /** CI is started once this resolves, e.g. when the portal answers, as jobs talk to it. Default: at once. */
  ready?: Promise<void>;
}

/** Bare Git repositories in a folder, and the repository's own `.gitlab-ci.yml` executed on this machine. */
export class LocalSourceEngine implements SourceEngine {
  readonly id = 'local';
  readonly title = 'Git on this machine';

  private constructor(
    private readonly options: LocalSourceEngineOptions,
    private readonly store: RepositoryStore,
    private readonly ci: CiService,
  ) {}

  /** Opens the folders, picks up CI that runs and starts CI for pushes that nobody noticed. */
  static async create(
    options: LocalSourceEngineOptions,
  ): Promise<LocalSourceEngine> {
    const baseUrl = options.baseUrl.replace(/\/+$/, '');
    const store = await RepositoryStore.open(path.join(options.home, 'git'));
    const ci = await CiService.open({
      root: path.join(options.home, 'ci'),
      repositories: store,
      logger: options.logger,
      environments: options.environments,
      getCiEnvironment: options.getCiEnvironment,
      cloneUrl: name => `${baseUrl}/${name}.git`,
      projectUrl: name => `${baseUrl}/${name}`,
      timeLimitMs: options.ciTimeLimitMs,
      ready: options.ready,
    });
    return new LocalSourceEngine({ ...options, baseUrl }, store, ci);
  }

  /** The router for `baseUrl`. */
  createRouter(access: {
    verify: VerifyToken;
    limits?: Partial<BackendLimits>;
  }): Router {
    return createGitHttpRouter({
      ...access,
      store: this.store,
      root: path.join(this.options.home, 'git'),
      logger: this.options.logger,
      onPush: name => this.ci.sync(name),
    });
  }

  /** Stops watching. CI that runs goes on and is picked up by the next `create`. */
  async close(): Promise<void> {
    await this.ci.close();
  }

  async getInfo({ signal }: CallOptions): Promise<EngineInfo> {
    return {
      version: `git ${await checkGit(
        signal,
      )}, gitlab-ci-local ${executorVersion()}`,
      capabilities: { ci: true, diff: true },
      links: [],
    };
  }

  async createRepository(
    request: NewRepository,
    { signal }: CallOptions,
  ): Promise<Repository> {
    signal.throwIfAborted();
    const { name } = await this.store.create(request, { signal });
    await this.ci.sync(name);
    return this.describe(name, signal);
  }

  async getRepository(
    name: string,
    { signal }: CallOptions,
  ): Promise<Repository> {
    signal.throwIfAborted();
    return this.describe(name, signal);
  }

  async deleteRepository(name: string, { signal }: CallOptions): Promise<void> {
    signal.throwIfAborted();
    await this.ci.remove(name, () => this.store.delete(name));
  }

  async listCiPipelines(
    name: string,
    page: { limit: number; offset: number },
    { signal }: CallOptions,
  ): Promise<{ items: CiPipeline[]; total: number }> {
    signal.throwIfAborted();
    await this.store.get(name);
    return this.ci.list(name, page);
  }

  async getCiLog(
    at: {
      repository: string;
      ciPipelineId: string;
      jobId: string;
      offset: number;
    },
    { signal }: CallOptions,
  ): Promise<LogChunk> {
    signal.throwIfAborted();
    await this.store.get(at.repository);
    return this.ci.log(at);
  }

  async diff(
    repository: string,
    between: { from: string; to: string },
    { signal }: CallOptions,
  ): Promise<RepositoryDiff> {
    signal.throwIfAborted();
    const found = await this.store.get(repository);
    return compareCommits(found, between, { signal });
  }

  /** Runs CI again for the same commit and branch. NotFoundError if there is no such CI pipeline. */
  async retryCi(repository: string, ciPipelineId: string): Promise<CiPipeline> {
    await this.store.get(repository);
    return this.ci.retry(repository, ciPipelineId);
  }

  /** Ends a CI pipeline that waits or runs; one that has ended stays as it is. */
  async stopCi(repository: string, ciPipelineId: string): Promise<CiPipeline> {
    await this.store.get(repository);
    return this.ci.stop(repository, ciPipelineId);
  }

  private async describe(
    name: string,
    signal: AbortSignal,
  ): Promise<Repository> {
    const repository = await this.store.get(name);
    const defaultBranch = await repository.defaultBranch({ signal });
    const branches = await repository.branches({ signal });
    return {
      name,
      cloneUrl: `${this.options.baseUrl}/${name}.git`,
      cloneCommand: `./portal clone ${name}`,
      webUrl: `${this.options.baseUrl}/${name}/-/tree/${defaultBranch}`,
      defaultBranch,
      headCommit: branches.get(defaultBranch) ?? '',
      createdBy: await this.store.createdBy(name, { signal }),
    };
  }
}
