import { WorkState } from '@mlops-portal/plugin-mlops-common';
import { CallOptions, Engine } from './engine';

export interface Repository {
  /** Name without owner, unique in the engine: lower-case letters, digits, dashes. */
  name: string;
  cloneUrl: string;
  /** Command that clones it with access set up, for people to paste; `git clone <cloneUrl>` where the engine has none. */
  cloneCommand?: string;
  webUrl?: string;
  defaultBranch: string;
  /** Empty while the repository has no commit. */
  headCommit: string;
  /** Effect key under which it was made, if the engine made it. */
  createdBy?: string;
}

export interface CiJob {
  id: string;
  name: string;
  stage: string;
  state: WorkState;
  startedAt?: string;
  finishedAt?: string;
}

/** One CI run for one commit. */
export interface CiPipeline {
  id: string;
  commit: string;
  message: string;
  author: string;
  branch: string;
  state: WorkState;
  /** Why it failed, in one line. */
  reason?: string;
  createdAt: string;
  finishedAt?: string;
  jobs: CiJob[];
}

export interface NewRepository {
  name: string;
  description: string;
  /** Folder whose content becomes the first commit. */
  contentPath: string;
  author: { name: string; email: string };
  commitMessage: string;
  /** The same key returns the same repository and makes nothing twice; another key on a taken name is a ConflictError. */
  idempotencyKey: string;
}

/**
 * Source control and continuous integration. Capabilities: `ci`.
 *
 * Life cycle: `createRepository` makes the repository with its first commit, which starts CI like any later push.
 * `deleteRepository` undoes it (used when scaffolding fails half-way); deleting what does not exist succeeds.
 */
export interface SourceEngine extends Engine {
  createRepository(
    request: NewRepository,
    options: CallOptions,
  ): Promise<Repository>;
  /** NotFoundError if there is none. */
  getRepository(name: string, options: CallOptions): Promise<Repository>;
  deleteRepository(name: string, options: CallOptions): Promise<void>;
  /** Newest first. */
  listCiPipelines(
    name: string,
    page: { limit: number; offset: number },
    options: CallOptions,
  ): Promise<{ items: CiPipeline[]; total: number }>;
  /** Text from `offset` (bytes); `complete` once the job has ended and nothing follows. */
  getCiLog(
    at: {
      repository: string;
      ciPipelineId: string;
      jobId: string;
      offset: number;
    },
    options: CallOptions,
  ): Promise<LogChunk>;
}

export interface LogChunk {
  text: string;
  nextOffset: number;
  complete: boolean;
}
