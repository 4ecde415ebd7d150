import { z } from 'zod';
import { healthSchema } from '../vocabulary/states';
import { windowSchema } from './registry';
import { nameSchema, pageOf, pageQuery, route, timeSchema } from './route';

/** Name of an entity of the catalog, also of a dataset that is not registered there. */
export const entityNameSchema = z
  .string()
  .regex(
    /^[A-Za-z0-9](?:[-_.A-Za-z0-9]{0,61}[A-Za-z0-9])?$/,
    'letters, digits, dashes, underscores and dots, at most 63',
  );

/** `late`: the reading that was due has not come; `stale`: the second one neither; `no-data`: never read. */
export const freshnessSchema = z.object({
  state: z.enum(['fresh', 'late', 'stale', 'no-data']),
  /** What it is judged by: the retraining schedule of who reads it, or its age alone (30 and 90 days). */
  by: z.enum(['schedule', 'age']),
  /** When it turns, or turned, late; absent where it was never read. */
  due: timeSchema.optional(),
});
export type Freshness = z.infer<typeof freshnessSchema>;

/** What uses an asset, by its name in the hub. */
export const usedBySchema = z.object({
  kind: z.enum(['pipeline', 'model', 'endpoint', 'feature-view']),
  name: z.string(),
});
export type UsedBy = z.infer<typeof usedBySchema>;

export const COLUMN_ROLES = [
  'target',
  'time',
  'entity',
  'feature',
  'excluded',
] as const;

const bound = z.union([z.number(), z.string(), z.null()]);

/** What is in one column of the rows that were read. Counts are of rows. */
export const columnStatisticsSchema = z.object({
  nulls: z.number().nullable(),
  distinct: z.number().nullable(),
  min: bound,
  max: bound,
  mean: z.number().nullable(),
  /** True where counts are estimates. */
  approximate: z.boolean(),
  /** Numbers and times (milliseconds since 1970): k + 1 rising edges around k counts. */
  histogram: z
    .object({ edges: z.array(z.number()), counts: z.array(z.number()) })
    .optional(),
  /** Texts: the most frequent values, and how many rows hold another one. */
  top: z.array(z.object({ value: z.string(), count: z.number() })).optional(),
  other: z.number().optional(),
  /** Value by share ("0.5" is the median), where the producer told quantiles instead of a histogram. */
  quantiles: z.record(z.string(), z.number()).optional(),
});
export type ColumnStatistics = z.infer<typeof columnStatisticsSchema>;

/** Change of a column against the version before. */
export const columnChangeSchema = z.enum(['added', 'removed', 'type', 'role']);
export type ColumnChange = z.infer<typeof columnChangeSchema>;

export const datasetColumnSchema = z.object({
  name: z.string(),
  /** As the producer writes it, '' where it did not say. */
  type: z.string(),
  role: z.enum(COLUMN_ROLES).optional(),
  description: z.string().optional(),
  change: columnChangeSchema.optional(),
  /** Type or role before, for a change of it. */
  before: z.string().optional(),
  profile: columnStatisticsSchema.optional(),
});
export type DatasetColumn = z.infer<typeof datasetColumnSchema>;

export const datasetVersionSchema = z.object({
  /** Id of ours, stays the same. */
  id: z.string(),
  /** Version of the source as its producer names it: a digest of its content. */
  digest: z.string(),
  /** Where it was read from: the dataset's name in the run event. */
  source: z.string(),
  /** Pipeline or job that read it. */
  reader: z.string(),
  /** Rows that were read, by event time; null ends where the rows have no time. */
  window: windowSchema.extend({ rows: z.number().int().nullable() }),
  columns: z.number().int().nullable(),
  /** True where a profile of its columns is kept. */
  profiled: z.boolean(),
  firstSeen: timeSchema,
  lastSeen: timeSchema,
  /** Newest run that read it; `number` where it is a run of a pipeline of ours. */
  run: z.object({ id: z.string(), number: z.number().int().optional() }),
  /** Columns whose presence, type or role differs from the version before; null for the first one. */
  schemaChanges: z.number().int().nullable(),
});
export type DatasetVersion = z.infer<typeof datasetVersionSchema>;

export const datasetSchema = z.object({
  name: entityNameSchema,
  title: z.string(),
  /** '' where the dataset is not in the catalog. */
  owner: z.string(),
  /** Entity ref; absent where runs read it but the catalog does not know it. */
  entityRef: z.string().optional(),
  lifecycle: z.string().optional(),
  source: z.object({ platform: z.string(), uri: z.string() }),
  classification: z.string().optional(),
  personalData: z.boolean().optional(),
  freshness: freshnessSchema,
  versions: z.number().int(),
  lastVersion: datasetVersionSchema.optional(),
  usedBy: z.array(usedBySchema),
});
export type Dataset = z.infer<typeof datasetSchema>;

export const datasetDetailSchema = datasetSchema.extend({
  description: z.string().optional(),
  format: z.string().optional(),
  license: z.string().optional(),
  live: z.boolean().optional(),
});
export type DatasetDetail = z.infer<typeof datasetDetailSchema>;

export const datasetVersionDetailSchema = datasetVersionSchema.extend({
  /** In the order of the source; columns that are gone stand last. */
  schema: z.array(datasetColumnSchema),
  /** The version that changes are told against. */
  previous: z.string().optional(),
  /** Parts of the report that could not be used, and why. */
  ignored: z.array(z.object({ field: z.string(), reason: z.string() })),
  /** Versions of models that learnt from this state of the data. */
  trained: z.array(
    z.object({
      model: nameSchema,
      version: z.number().int(),
      aliases: z.array(z.string()),
    }),
  ),
});
export type DatasetVersionDetail = z.infer<typeof datasetVersionDetailSchema>;

const pair = <T extends z.ZodType>(of: T) => z.tuple([of, of]);

/** Column of two versions side by side: [before, after]. */
export const columnComparisonSchema = z.object({
  name: z.string(),
  types: pair(z.string().nullable()),
  change: columnChangeSchema.optional(),
  /** Shares of rows without a value. */
  nulls: pair(z.number().nullable()),
  distinct: pair(z.number().nullable()),
  min: pair(bound),
  max: pair(bound),
  mean: pair(z.number().nullable()),
  /** Population stability index over common cells; null where the two cannot be held against each other. */
  psi: z.number().nullable(),
  /** The score that chance alone stays below in 95 of 100 samples of this size. */
  noise: z.number().nullable(),
  verdict: healthSchema,
  /** Why there is no score: 'no-profile', 'other-type', 'no-rows', 'time' (it moves on by itself). */
  why: z.string().optional(),
  /** Cells of both, as shares that sum to 1; `estimated` where the edges differed and counts were spread over common ones. */
  cells: z
    .object({
      labels: z.array(z.string()),
      before: z.array(z.number()),
      after: z.array(z.number()),
      estimated: z.boolean(),
    })
    .optional(),
});
export type ColumnComparison = z.infer<typeof columnComparisonSchema>;

export const datasetComparisonSchema = z.object({
  before: datasetVersionSchema,
  after: datasetVersionSchema,
  sameDigest: z.boolean(),
  /** Most different first: schema changes, then by score. */
  columns: z.array(columnComparisonSchema),
});
export type DatasetComparison = z.infer<typeof datasetComparisonSchema>;

const byName = z.object({ name: entityNameSchema });
const tag = 'datasets';

export const assetQuery = pageQuery.extend({
  /** Text in the name, title, owner or source; capitals do not matter. */
  q: z.string().max(200).optional(),
  owner: z.string().max(200).optional(),
  state: z.enum(['fresh', 'late', 'stale', 'no-data']).optional(),
});

export const datasetRoutes = {
  listDatasets: route({
    method: 'get',
    path: '/datasets',
    tag,
    permission: 'mlops.read',
    summary:
      'Datasets of the catalog and those that runs read without it, stalest first',
    query: assetQuery,
    response: pageOf(datasetSchema),
  }),
  getDataset: route({
    method: 'get',
    path: '/datasets/{name}',
    tag,
    permission: 'mlops.read',
    summary:
      'One dataset: source, owner, freshness, newest version, who uses it',
    params: byName,
    response: datasetDetailSchema,
  }),
  listDatasetVersions: route({
    method: 'get',
    path: '/datasets/{name}/versions',
    tag,
    permission: 'mlops.read',
    summary: 'Versions of a dataset as runs read it, newest first',
    params: byName,
    query: pageQuery,
    response: pageOf(datasetVersionSchema),
  }),
  getDatasetVersion: route({
    method: 'get',
    path: '/datasets/{name}/versions/{version}',
    tag,
    permission: 'mlops.read',
    summary:
      'One version: schema with changes against the one before, profile per column',
    params: byName.extend({ version: z.string().min(1).max(64) }),
    response: datasetVersionDetailSchema,
  }),
  compareDatasetVersions: route({
    method: 'get',
    path: '/datasets/{name}/compare',
    tag,
    permission: 'mlops.read',
    summary:
      'Two versions side by side: schema, nulls, distinct values, range and distribution of each column',
    params: byName,
    query: z.object({
      versions: z
        .string()
        .regex(
          /^[\w-]{1,64},[\w-]{1,64}$/,
          'two version ids, e.g. 3f2a9c01d2e4,b7710a9c55f0',
        ),
    }),
    response: datasetComparisonSchema,
  }),
};
