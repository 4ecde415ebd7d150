import { z } from 'zod';
import { healthSchema } from '../vocabulary/states';
import {
  alertSchema,
  featureDetailSchema,
  monitoringViewSchema,
} from './monitoringShapes';
import { cellSizeSchema, decisionSchema } from './retraining';
import { featureSegmentsSchema } from './segmentShapes';
import {
  nameSchema,
  pageOf,
  pageQuery,
  reasonSchema,
  route,
  timeSchema,
} from './route';

export * from './monitoringShapes';
export * from './segmentShapes';

const byEndpoint = z.object({ endpoint: nameSchema });
const byId = z.object({ id: z.string() });
const tag = 'monitoring';

export const monitoringRoutes = {
  writeLabels: route({
    method: 'post',
    path: '/labels/{endpoint}',
    tag,
    permission: 'mlops.events.write',
    summary:
      'Takes labels by prediction id; stored before the answer; ids not seen yet are kept and counted until their prediction arrives',
    params: byEndpoint,
    body: z.object({
      labels: z
        .array(
          z.object({
            id: z.string().min(1).max(200),
            label: z.union([z.string(), z.number(), z.boolean()]),
          }),
        )
        .min(1)
        .max(20_000),
    }),
    response: z.object({ stored: z.number().int() }),
  }),
  listUnlabelled: route({
    method: 'get',
    path: '/labels/{endpoint}',
    tag,
    permission: 'mlops.events.write',
    summary:
      'Ids of counted predictions that no label has come for, newest days first: whoever meets their outcomes later, as a pipeline does in its next data window, can tell them',
    params: byEndpoint,
    query: z.object({
      limit: z.coerce.number().int().min(1).max(20_000).default(10_000),
      /** The `next` of the page before. */
      after: z.string().max(300).optional(),
    }),
    response: z.object({
      ids: z.array(z.string()),
      next: z.string().nullable(),
    }),
  }),
  getMonitoring: route({
    method: 'get',
    path: '/monitoring/{endpoint}',
    tag,
    permission: 'mlops.read',
    summary:
      'Is it still right? Scores, volume, quality by window: as served (each window by the version that answered most of it), or of one version',
    params: byEndpoint,
    query: z.object({
      version: z.coerce.number().int().optional(),
      cell: cellSizeSchema.optional(),
      from: z.string().optional(),
      to: z.string().optional(),
    }),
    response: monitoringViewSchema,
  }),
  getFeature: route({
    method: 'get',
    path: '/monitoring/{endpoint}/features/{feature}',
    tag,
    permission: 'mlops.read',
    summary:
      'One feature in one window: distributions over the frozen cells and trend',
    params: z.object({ endpoint: nameSchema, feature: z.string() }),
    query: z.object({
      version: z.coerce.number().int().optional(),
      cell: cellSizeSchema.optional(),
      window: z.string().optional(),
    }),
    response: featureDetailSchema,
  }),
  getFeatureSegments: route({
    method: 'get',
    path: '/monitoring/{endpoint}/features/{feature}/segments',
    tag,
    permission: 'mlops.read',
    summary:
      'Quality and share of traffic by the cells of a number or the words of a text, in one window: read from the captured predictions when asked, so it takes seconds; refused where the window is too large for that',
    params: z.object({ endpoint: nameSchema, feature: z.string() }),
    query: z.object({
      version: z.coerce.number().int().optional(),
      cell: cellSizeSchema.optional(),
      window: z.string().optional(),
    }),
    response: featureSegmentsSchema,
  }),
  evaluateMonitoring: route({
    method: 'post',
    path: '/monitoring/{endpoint}/evaluate',
    tag,
    permission: 'mlops.alert.change',
    summary:
      'Scores what has arrived now instead of at the next check; decides on retraining',
    params: byEndpoint,
    body: z.object({}).default({}),
    response: z.object({
      health: healthSchema,
      windows: z.number().int(),
      alerts: z.number().int(),
      decisions: z.array(decisionSchema),
    }),
  }),
  listAlerts: route({
    method: 'get',
    path: '/alerts',
    tag,
    permission: 'mlops.read',
    summary: 'Alerts, firing ones first',
    query: pageQuery.extend({
      state: z.enum(['firing', 'resolved']).optional(),
      endpoint: nameSchema.optional(),
    }),
    response: pageOf(alertSchema),
  }),
  getAlert: route({
    method: 'get',
    path: '/alerts/{id}',
    tag,
    permission: 'mlops.read',
    summary: 'One alert with the evidence frozen at firing',
    params: byId,
    response: alertSchema,
  }),
  acknowledgeAlert: route({
    method: 'post',
    path: '/alerts/{id}/acknowledge',
    tag,
    permission: 'mlops.alert.change',
    summary: 'Says that somebody has it',
    params: byId,
    body: z.object({ reason: reasonSchema }),
    response: alertSchema,
  }),
  muteAlert: route({
    method: 'post',
    path: '/alerts/{id}/mute',
    tag,
    permission: 'mlops.alert.change',
    summary: 'Silences an alert until a time, with a reason',
    params: byId,
    body: z.object({ reason: reasonSchema, until: timeSchema }),
    response: alertSchema,
  }),
};
