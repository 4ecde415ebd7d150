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
  /** Why it failed, or what it waits for beside its turn, in one line. */
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

/** Lines around one change. The text of a line follows its first letter. */
export interface DiffHunk {
  /** First line before and after, counted from 1; 0 where that side has none. */
  oldStart: number;
  oldLines: number;
  newStart: number;
  newLines: number;
  /** What the lines belong to, e.g. the function; '' where the engine does not say. */
  heading: string;
  /** Each begins with ' ' (in both), '-' (only before) or '+' (only after). */
  lines: string[];
}

/** One file that differs between two commits. */
export interface DiffFile {
  /** After the change, or before it where the file was removed; from the repository's root. */
  path: string;
  /** Of a renamed file: its path before. */
  oldPath?: string;
  status: 'added' | 'changed' | 'removed' | 'renamed';
  /** Lines; absent for binary files and where the engine does not count. */
  additions?: number;
  deletions?: number;
  binary: boolean;
  /** Empty for binary files and where nothing but the name or the mode changed. */
  hunks: DiffHunk[];
  /** True where lines of the file were left out, see `DIFF_LIMITS`. */
  truncated: boolean;
}

/** A commit that is reachable from the later of two commits and not from the earlier one. */
export interface DiffCommit {
  commit: string;
  /** First line of its message. */
  message: string;
  author: string;
  /** ISO 8601 time of the commit. */
  at: string;
}

/** What leads from the files of one commit to those of another. */
export interface RepositoryDiff {
  from: string;
  to: string;
  /** By path. */
  files: DiffFile[];
  /** Newest first; empty where `to` comes before `from`. */
  commits: DiffCommit[];
  /** True where a file, a commit or lines were left out, see `DIFF_LIMITS`. */
  truncated: boolean;
}

/**
 * Source control and continuous integration. Capabilities: `ci`, `diff`.
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
  /**
   * The files of two commits against each other, whichever came first, with three lines of context; not against their common
   * ancestor. Bounded by `DIFF_LIMITS`, which `boundDiff` applies. Is only asked where the capability `diff` is true.
   *
   * @param between - full ids of two commits: 40 hexadecimal digits in small letters, else an InputError. NotFoundError naming
   * the commit that the repository lacks.
   */
  diff(
    repository: string,
    between: { from: string; to: string },
    options: CallOptions,
  ): Promise<RepositoryDiff>;
}

export interface LogChunk {
  text: string;
  nextOffset: number;
  complete: boolean;
}
