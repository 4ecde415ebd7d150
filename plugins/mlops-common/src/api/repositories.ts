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
