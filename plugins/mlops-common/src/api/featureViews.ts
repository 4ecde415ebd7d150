import { z } from 'zod';
import {
  assetQuery,
  entityNameSchema,
  freshnessSchema,
  usedBySchema,
} from './datasets';
import { nameSchema, pageOf, route, timeSchema } from './route';

/** Version of a model whose signature and reference the features are read from. */
const readFromSchema = z.object({
  model: nameSchema,
  version: z.number().int(),
  /** True where it is the version in production, false for the newest one. */
  champion: z.boolean(),
  madeAt: timeSchema,
});

export const featureViewSchema = z.object({
  name: entityNameSchema,
  title: z.string(),
  /** '' where the view is not in the catalog. */
  owner: z.string(),
  /** Entity ref; absent where a model takes these features but the catalog names no view. */
  entityRef: z.string().optional(),
  lifecycle: z.string().optional(),
  store: z
    .object({ platform: z.string(), project: z.string(), name: z.string() })
    .optional(),
  joinKeys: z.array(z.string()),
  /** Features that the model takes; null while no version told its signature. */
  features: z.number().int().nullable(),
  readFrom: readFromSchema.optional(),
  /** Names of the datasets it is computed from. */
  derivedFrom: z.array(entityNameSchema),
  /** Of the data it is computed from: the stalest one. */
  freshness: freshnessSchema,
  usedBy: z.array(usedBySchema),
});
export type FeatureView = z.infer<typeof featureViewSchema>;

export const featureSchema = z.object({
  name: z.string(),
  kind: z.enum(['number', 'text']),
  /** As in the signature: FP32, INT64, BYTES. */
  datatype: z.string(),
  description: z.string().optional(),
  /** Column of the same name in the data it is computed from; absent for a computed one. */
  column: z.object({ dataset: entityNameSchema, name: z.string() }).optional(),
  /** Share of the model's decisions, 0 to 1; null where the version did not tell it. */
  importance: z.number().nullable(),
  /** Value in the sample row of the version. */
  sample: z.union([z.string(), z.number(), z.null()]).optional(),
  /** Rows of the training window that the rest describes; null without a reference. */
  rows: z.number().nullable(),
  missing: z.number().nullable(),
  range: z.tuple([z.number().nullable(), z.number().nullable()]).optional(),
  /** Number of values that are told apart, for texts. */
  categories: z.number().int().optional(),
  /** Counts between the least value, the frozen edges and the greatest one, for numbers. */
  histogram: z
    .object({ edges: z.array(z.number()), counts: z.array(z.number()) })
    .optional(),
  /** Shares of the cells of the frozen reference, missing values last. */
  cells: z
    .object({ labels: z.array(z.string()), shares: z.array(z.number()) })
    .optional(),
});
export type Feature = z.infer<typeof featureSchema>;

export const featureViewDetailSchema = featureViewSchema.extend({
  description: z.string().optional(),
  /** Most important first. */
  schema: z.array(featureSchema),
  /** Window and rows of the reference that the profile is from. */
  reference: z
    .object({
      from: z.string().nullable(),
      to: z.string().nullable(),
      rows: z.number(),
    })
    .optional(),
  /** Whether values of one entity can be looked up online; `reason` is a key in words of the page. */
  online: z.object({ connected: z.boolean(), reason: z.string() }),
});
export type FeatureViewDetail = z.infer<typeof featureViewDetailSchema>;

const tag = 'feature-views';

export const featureViewRoutes = {
  listFeatureViews: route({
    method: 'get',
    path: '/feature-views',
    tag,
    permission: 'mlops.read',
    summary:
      'Feature views of the catalog and those that models take without one, stalest first',
    query: assetQuery,
    response: pageOf(featureViewSchema),
  }),
  getFeatureView: route({
    method: 'get',
    path: '/feature-views/{name}',
    tag,
    permission: 'mlops.read',
    summary:
      'One feature view: features with type, source, importance and distribution, and who takes them',
    params: z.object({ name: entityNameSchema }),
    response: featureViewDetailSchema,
  }),
};
