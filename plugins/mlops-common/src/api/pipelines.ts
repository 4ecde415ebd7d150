import { z } from 'zod';
import { workStateSchema } from '../vocabulary/states';
import {
  idempotencyKeySchema,
  logChunkSchema,
  nameSchema,
  pageOf,
  pageQuery,
  route,
  searchQuery,
  timeSchema,
} from './route';

export const triggerSchema = z.enum([
  'commit',
  'schedule',
  'alert',
  'person',
  'rerun',
]);
export type Trigger = z.infer<typeof triggerSchema>;

export const stepSchema = z.object({
  id: z.string(),
  name: z.string(),
  state: workStateSchema,
  cached: z.boolean(),
  startedAt: timeSchema.optional(),
  finishedAt: timeSchema.optional(),
  dependsOn: z.array(z.string()),
  inputs: z.record(z.string(), z.unknown()),
  outputs: z.record(z.string(), z.unknown()),
  reason: z.string().optional(),
});
export type Step = z.infer<typeof stepSchema>;

export const trialSchema = z.object({
  candidate: z.number().int(),
  parameters: z.record(z.string(), z.unknown()),
  value: z.number().nullable(),
  metrics: z.record(z.string(), z.number()).default({}),
  best: z.boolean().default(false),
});
export type Trial = z.infer<typeof trialSchema>;

export const runSchema = z.object({
  id: z.string(),
  /** Counts up within the pipeline. */
  number: z.number().int(),
  pipeline: nameSchema,
  engine: z.string(),
  state: workStateSchema,
  reason: z.string().optional(),
  trigger: triggerSchema,
  /** Who started it: an entity ref or 'policy'. */
  actor: z.string(),
  /** Why, for people; the decision or alert that led to it. */
  because: z.string().optional(),
  commit: z.string(),
  message: z.string().optional(),
  parameters: z.record(
    z.string(),
    z.union([z.string(), z.number(), z.boolean()]),
  ),
  createdAt: timeSchema,
  startedAt: timeSchema.optional(),
  finishedAt: timeSchema.optional(),
  /** When the engine was last asked and answered. */
  observedAt: timeSchema.optional(),
  /** Version of the model of the same name that it made. */
  versionMade: z.number().int().optional(),
  /** Primary metric on the later window, once evaluated. */
  metric: z.object({ name: z.string(), value: z.number() }).optional(),
  decisionId: z.string().optional(),
});
export type Run = z.infer<typeof runSchema>;

export const runDetailSchema = runSchema.extend({
  steps: z.array(stepSchema),
  trials: z.array(trialSchema),
  trialMetric: z.string().optional(),
  /** Median duration of succeeded runs of this pipeline in seconds, with their number. */
  usual: z.object({ seconds: z.number(), runs: z.number().int() }).optional(),
  engineLinks: z.array(z.object({ title: z.string(), url: z.string() })),
});
export type RunDetail = z.infer<typeof runDetailSchema>;

export const pipelineSchema = z.object({
  name: nameSchema,
  engine: z.string(),
  latestCommit: z.string().optional(),
  lastRun: runSchema.optional(),
  runs: z.number().int(),
  paused: z.boolean(),
});
export type Pipeline = z.infer<typeof pipelineSchema>;

const byName = z.object({ name: nameSchema });
const byId = z.object({ id: z.string() });
const tag = 'pipelines';

export const pipelineRoutes = {
  listPipelines: route({
    method: 'get',
    path: '/pipelines',
    tag,
    permission: 'mlops.read',
    summary: 'Pipelines with their last run',
    query: searchQuery,
    response: pageOf(pipelineSchema),
  }),
  putPipelineVersion: route({
    method: 'put',
    path: '/pipelines/{name}/versions/{commit}',
    tag,
    permission: 'mlops.run.start',
    summary:
      'Uploads the compiled pipeline of a commit (KFP v2 YAML); the same commit twice changes nothing',
    params: z.object({
      name: nameSchema,
      commit: z.string().regex(/^[0-9a-f]{7,64}$/),
    }),
    body: z.object({
      ir: z.string().min(1).max(4_000_000),
      /** Text of problem.yaml at that commit: the policy of the problem. */
      problem: z.string().max(200_000).default(''),
      message: z.string().max(500).default(''),
    }),
    response: z.object({ name: nameSchema, commit: z.string() }),
  }),
  startRun: route({
    method: 'post',
    path: '/pipelines/{name}/runs',
    tag,
    permission: 'mlops.run.start',
    summary:
      'Starts a run of the compiled pipeline of a commit (default: the newest); the same key gives the same run',
    params: byName,
    body: z.object({
      commit: z.string().optional(),
      trigger: triggerSchema.default('person'),
      because: z.string().max(2000).optional(),
      parameters: z
        .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
        .default({}),
      cache: z.boolean().default(true),
      idempotencyKey: idempotencyKeySchema,
    }),
    response: runSchema,
  }),
  listRuns: route({
    method: 'get',
    path: '/pipelines/{name}/runs',
    tag,
    permission: 'mlops.read',
    summary: 'Runs of one pipeline, newest first',
    params: byName,
    query: pageQuery.extend({ state: workStateSchema.optional() }),
    response: pageOf(runSchema),
  }),
  listAllRuns: route({
    method: 'get',
    path: '/runs',
    tag,
    permission: 'mlops.read',
    summary: 'Runs of every pipeline, newest first',
    query: pageQuery.extend({ state: workStateSchema.optional() }),
    response: pageOf(runSchema),
  }),
  getRun: route({
    method: 'get',
    path: '/runs/{id}',
    tag,
    permission: 'mlops.read',
    summary: 'One run with steps and trials: the last known state with its age',
    params: byId,
    response: runDetailSchema,
  }),
  stopRun: route({
    method: 'post',
    path: '/runs/{id}/stop',
    tag,
    permission: 'mlops.run.stop',
    summary: 'Stops a run and every process of it',
    params: byId,
    body: z.object({ reason: z.string().max(2000).default('') }),
    response: runSchema,
  }),
  rerun: route({
    method: 'post',
    path: '/runs/{id}/rerun',
    tag,
    permission: 'mlops.run.start',
    summary:
      'Starts the same run again; unchanged steps come from the cache unless `cache` is false',
    params: byId,
    body: z.object({
      cache: z.boolean().default(true),
      idempotencyKey: idempotencyKeySchema,
    }),
    response: runSchema,
  }),
  getStepLog: route({
    method: 'get',
    path: '/runs/{id}/steps/{step}/log',
    tag,
    permission: 'mlops.read',
    summary: 'Log of a step from a byte offset',
    params: z.object({ id: z.string(), step: z.string() }),
    query: z.object({ offset: z.coerce.number().int().min(0).default(0) }),
    response: logChunkSchema,
  }),
};
