import { z } from 'zod';
import { artifactSchema } from '../vocabulary/artifacts';
import { signatureSchema } from '../vocabulary/inference';
import {
  approvalStateSchema,
  conditionSchema,
  versionStateSchema,
} from '../vocabulary/states';
import {
  nameSchema,
  pageOf,
  pageQuery,
  reasonSchema,
  route,
  searchQuery,
  timeSchema,
} from './route';
import { approvalSchema } from './approvals';

/** Configured list; these are the defaults in order. */
export const DEFAULT_STAGES = [
  'development',
  'candidate',
  'staging',
  'production',
  'archived',
] as const;

export const windowSchema = z.object({
  from: z.string().nullable().default(null),
  to: z.string().nullable().default(null),
  rows: z.number().int().default(0),
});

/** Plots of the evaluation, as the run reported them; absent where the task has none. */
export const plotsSchema = z.looseObject({
  roc: z.array(z.tuple([z.number(), z.number()])).optional(),
  calibration: z
    .array(
      z.object({ predicted: z.number(), observed: z.number(), n: z.number() }),
    )
    .optional(),
  confusion: z
    .object({
      labels: z.array(z.string()),
      matrix: z.array(z.array(z.number())),
    })
    .optional(),
  residuals: z
    .object({ edges: z.array(z.number()), counts: z.array(z.number()) })
    .optional(),
});

export const sliceSchema = z.object({
  column: z.string(),
  value: z.string(),
  n: z.number().int(),
  metric: z.number().nullable(),
  baseline: z.number().nullable().optional(),
});

export const versionSchema = z.object({
  model: nameSchema,
  version: z.number().int(),
  state: versionStateSchema,
  reason: z.string().optional(),
  stage: z.string(),
  aliases: z.array(z.string()),
  createdAt: timeSchema,
  runId: z.string().optional(),
  runNumber: z.number().int().optional(),
  commit: z.string().optional(),
  /** Digest of the data source as the run read it. */
  dataVersion: z.string().optional(),
  metrics: z.record(z.string(), z.number()),
  /** Named metric of the problem, if it was computed. */
  primary: z.object({ name: z.string(), value: z.number() }).optional(),
  train: windowSchema.optional(),
  test: windowSchema.optional(),
  approval: approvalStateSchema.optional(),
  /** Share of the endpoint's traffic now, 0 when loaded only. */
  traffic: z.array(z.object({ endpoint: nameSchema, percent: z.number() })),
});
export type Version = z.infer<typeof versionSchema>;

export const transitionSchema = z.object({
  at: timeSchema,
  actor: z.string(),
  /** 'registered', 'ready', 'failed', 'stage', 'alias', 'approval', 'deployed', 'retired' */
  what: z.string(),
  from: z.string().optional(),
  to: z.string().optional(),
  reason: z.string().optional(),
});

export const versionDetailSchema = versionSchema.extend({
  artifact: artifactSchema,
  framework: z.string(),
  signature: signatureSchema,
  parameters: z.record(z.string(), z.unknown()),
  baseline: z.record(z.string(), z.number()),
  /** The version in production on the same rows, as the evaluation saw it. */
  champion: z.record(z.string(), z.number()),
  championVersion: z.number().int().optional(),
  gate: z.array(conditionSchema),
  plots: plotsSchema,
  slices: z.array(sliceSchema),
  importances: z.record(z.string(), z.number()),
  approvals: z.array(approvalSchema),
  transitions: z.array(transitionSchema),
});
export type VersionDetail = z.infer<typeof versionDetailSchema>;

export const modelSchema = z.object({
  name: nameSchema,
  task: z.string(),
  versions: z.number().int(),
  latest: versionSchema.optional(),
  champion: versionSchema.optional(),
  challenger: versionSchema.optional(),
  stages: z.array(z.string()),
});
export type Model = z.infer<typeof modelSchema>;

export const comparisonSchema = z.object({
  versions: z.array(versionDetailSchema),
  /** One row per metric, differences first; `better` is the index of the better version or null when the same. */
  metrics: z.array(
    z.object({
      name: z.string(),
      direction: z.enum(['maximize', 'minimize']),
      values: z.array(z.number().nullable()),
      better: z.number().int().nullable(),
    }),
  ),
  parameters: z.array(
    z.object({
      name: z.string(),
      values: z.array(z.unknown()),
      differs: z.boolean(),
    }),
  ),
  /** False when the test windows differ: metrics are then not on the same rows. */
  sameTestWindow: z.boolean(),
  sameCommit: z.boolean(),
  sameData: z.boolean(),
});
export type Comparison = z.infer<typeof comparisonSchema>;

const byModel = z.object({ name: nameSchema });
const byVersion = z.object({
  name: nameSchema,
  version: z.coerce.number().int().min(1),
});
const tag = 'registry';

export const registryRoutes = {
  listModels: route({
    method: 'get',
    path: '/models',
    tag,
    permission: 'mlops.read',
    summary: 'Models with their champion and newest version',
    query: searchQuery,
    response: pageOf(modelSchema),
  }),
  getModel: route({
    method: 'get',
    path: '/models/{name}',
    tag,
    permission: 'mlops.read',
    summary: 'One model',
    params: byModel,
    response: modelSchema,
  }),
  listVersions: route({
    method: 'get',
    path: '/models/{name}/versions',
    tag,
    permission: 'mlops.read',
    summary: 'Versions of a model, newest first',
    params: byModel,
    query: pageQuery.extend({
      stage: z.string().optional(),
      state: versionStateSchema.optional(),
    }),
    response: pageOf(versionSchema),
  }),
  getVersion: route({
    method: 'get',
    path: '/models/{name}/versions/{version}',
    tag,
    permission: 'mlops.read',
    summary: 'One version: the model card',
    params: byVersion,
    response: versionDetailSchema,
  }),
  compareVersions: route({
    method: 'get',
    path: '/models/{name}/compare',
    tag,
    permission: 'mlops.read',
    summary: 'Versions side by side, differences first',
    params: byModel,
    query: z.object({
      versions: z
        .string()
        .regex(/^\d+(,\d+){1,4}$/, 'two to five version numbers, e.g. 3,4'),
    }),
    response: comparisonSchema,
  }),
  setStage: route({
    method: 'post',
    path: '/models/{name}/versions/{version}/stage',
    tag,
    permission: 'mlops.version.change',
    summary:
      'Moves a version to another stage; production is reached only through an endpoint',
    params: byVersion,
    body: z.object({ stage: z.string(), reason: reasonSchema }),
    response: versionSchema,
  }),
  setAlias: route({
    method: 'put',
    path: '/models/{name}/aliases/{alias}',
    tag,
    permission: 'mlops.version.change',
    summary:
      'Points an alias at a version; champion follows the endpoint and cannot be set by hand',
    params: z.object({
      name: nameSchema,
      alias: z.string().regex(/^[a-z][a-z0-9-]{0,30}$/),
    }),
    body: z.object({ version: z.number().int(), reason: reasonSchema }),
    response: versionSchema,
  }),
};
