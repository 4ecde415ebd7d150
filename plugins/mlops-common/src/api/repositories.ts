import { z } from 'zod';
import { workStateSchema } from '../vocabulary/states';
import {
  idempotencyKeySchema,
  logChunkSchema,
  nameSchema,
  pageOf,
  pageQuery,
  route,
  timeSchema,
} from './route';

export const ciJobSchema = z.object({
  id: z.string(),
  name: z.string(),
  stage: z.string(),
  state: workStateSchema,
  startedAt: timeSchema.optional(),
  finishedAt: timeSchema.optional(),
});
export const ciPipelineSchema = z.object({
  id: z.string(),
  commit: z.string(),
  message: z.string(),
  author: z.string(),
  branch: z.string(),
  state: workStateSchema,
  reason: z.string().optional(),
  createdAt: timeSchema,
  finishedAt: timeSchema.optional(),
  jobs: z.array(ciJobSchema),
  /** When the engine last told it; older than a minute is stale. */
  observedAt: timeSchema.optional(),
});
export type CiPipelineView = z.infer<typeof ciPipelineSchema>;

export const repositorySchema = z.object({
  name: z.string(),
  engine: z.string(),
  cloneUrl: z.string(),
  /** To paste into a terminal; absent: `git clone <cloneUrl>`. */
  cloneCommand: z.string().optional(),
  webUrl: z.string().optional(),
  defaultBranch: z.string(),
  headCommit: z.string(),
});
export type RepositoryView = z.infer<typeof repositorySchema>;

export const diffHunkSchema = z.object({
  /** First line before and after, counted from 1; 0 where that side has none. */
  oldStart: z.number().int(),
  oldLines: z.number().int(),
  newStart: z.number().int(),
  newLines: z.number().int(),
  /** What the lines belong to, e.g. the function; '' where it is not known. */
  heading: z.string(),
  /** Each begins with ' ' (in both), '-' (only before) or '+' (only after). */
  lines: z.array(z.string()),
});
export const diffFileSchema = z.object({
  path: z.string(),
  /** Path before, of a renamed file. */
  oldPath: z.string().optional(),
  status: z.enum(['added', 'changed', 'removed', 'renamed']),
  /** Lines; absent for binary files and where the engine does not count. */
  additions: z.number().int().optional(),
  deletions: z.number().int().optional(),
  binary: z.boolean(),
  hunks: z.array(diffHunkSchema),
  /** True where lines of the file were left out. */
  truncated: z.boolean(),
});
export type DiffFileView = z.infer<typeof diffFileSchema>;

export const repositoryDiffSchema = z.object({
  from: z.string(),
  to: z.string(),
  files: z.array(diffFileSchema),
  /** Newest first; empty where `to` comes before `from`. */
  commits: z.array(
    z.object({
      commit: z.string(),
      message: z.string(),
      author: z.string(),
      at: timeSchema,
    }),
  ),
  /** True where a file, a commit or lines were left out. */
  truncated: z.boolean(),
});
export type RepositoryDiffView = z.infer<typeof repositoryDiffSchema>;

const commitSchema = z
  .string()
  .regex(/^[0-9a-f]{40}$/, 'the full id of a commit: 40 hexadecimal digits');
const byName = z.object({ name: nameSchema });
const tag = 'pipelines';

export const repositoryRoutes = {
  getRepository: route({
    method: 'get',
    path: '/repositories/{name}',
    tag,
    permission: 'mlops.read',
    summary: 'Repository of a problem',
    params: byName,
    response: repositorySchema,
  }),
  createRepository: route({
    method: 'post',
    path: '/repositories',
    tag,
    permission: 'mlops.problem.create',
    summary:
      'Makes a repository from files; the same key gives the same repository, a taken name is refused',
    body: z.object({
      name: nameSchema,
      description: z.string().default(''),
      /** Path -> content (UTF-8). */
      files: z
        .array(
          z.object({
            path: z.string().min(1),
            content: z.string(),
            executable: z.boolean().default(false),
          }),
        )
        .min(1),
      idempotencyKey: idempotencyKeySchema,
    }),
    response: repositorySchema,
  }),
  deleteRepository: route({
    method: 'delete',
    path: '/repositories/{name}',
    tag,
    permission: 'mlops.problem.create',
    summary:
      'Takes a half-made problem back: repository with its CI and everything the hub knows; refused once a version is in an endpoint',
    params: byName,
    query: z.object({ idempotencyKey: idempotencyKeySchema }),
    response: z.object({ deleted: z.boolean() }),
  }),
  listCiPipelines: route({
    method: 'get',
    path: '/repositories/{name}/ci',
    tag,
    permission: 'mlops.read',
    summary: 'CI of a repository, newest first',
    params: byName,
    query: pageQuery,
    response: pageOf(ciPipelineSchema),
  }),
  getRepositoryDiff: route({
    method: 'get',
    path: '/repositories/{name}/diff',
    tag,
    permission: 'mlops.read',
    summary:
      'What leads from the files of one commit to those of another: files, lines and the commits between, bounded in size',
    params: byName,
    query: z.object({ from: commitSchema, to: commitSchema }),
    response: repositoryDiffSchema,
  }),
  getCiLog: route({
    method: 'get',
    path: '/repositories/{name}/ci/{ci}/jobs/{job}/log',
    tag,
    permission: 'mlops.read',
    summary: 'Log of a CI job from a byte offset',
    params: z.object({ name: nameSchema, ci: z.string(), job: z.string() }),
    query: z.object({ offset: z.coerce.number().int().min(0).default(0) }),
    response: logChunkSchema,
  }),
};
