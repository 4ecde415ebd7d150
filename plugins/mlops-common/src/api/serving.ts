import { z } from 'zod';
import {
  inferenceRequestSchema,
  inferenceResponseSchema,
  signatureSchema,
} from '../vocabulary/inference';
import { conditionSchema, servingStateSchema } from '../vocabulary/states';
import {
  idempotencyKeySchema,
  logChunkSchema,
  nameSchema,
  pageOf,
  reasonSchema,
  route,
  searchQuery,
  timeSchema,
} from './route';

export const revisionSchema = z.object({
  id: z.string(),
  /** Counts up within the endpoint. */
  number: z.number().int(),
  model: nameSchema,
  version: z.number().int(),
  state: servingStateSchema,
  reason: z.string().optional(),
  percent: z.number(),
  requests: z.number().int(),
  errors: z.number().int(),
  p50Ms: z.number().optional(),
  p95Ms: z.number().optional(),
  createdAt: timeSchema,
});
export type Revision = z.infer<typeof revisionSchema>;

/** One change of traffic: what, by whom, why. */
export const trafficChangeSchema = z.object({
  id: z.string(),
  number: z.number().int(),
  at: timeSchema,
  actor: z.string(),
  reason: z.string(),
  /** deploy | canary | promote | rollback | auto-rollback | retire */
  what: z.string(),
  traffic: z.array(
    z.object({ version: z.number().int(), percent: z.number() }),
  ),
  /** answering | replaced | rolled-back */
  outcome: z.string(),
});
export type TrafficChange = z.infer<typeof trafficChangeSchema>;

export const rolloutSchema = z.object({
  version: z.number().int(),
  /** Percentages in order, e.g. [10, 100]. */
  steps: z.array(z.number()),
  /** Index in `steps` of the step that is on. */
  at: z.number().int(),
  state: z.enum(['running', 'waiting-for-approval', 'finished', 'rolled-back']),
  startedAt: timeSchema,
  stepSince: timeSchema,
  /** Checks of the step; a canary goes back by itself when one is not met. */
  checks: z.array(conditionSchema),
  approvalId: z.string().optional(),
  reason: z.string().optional(),
});
export type Rollout = z.infer<typeof rolloutSchema>;

export const endpointSchema = z.object({
  name: nameSchema,
  engine: z.string(),
  model: nameSchema,
  state: servingStateSchema,
  reason: z.string().optional(),
  url: z.string(),
  revisions: z.array(revisionSchema),
  rollout: rolloutSchema.optional(),
  generation: z.number().int(),
  /** When the engine last answered; older than a minute is stale. */
  observedAt: timeSchema.optional(),
  createdAt: timeSchema,
  riskClass: z.string(),
});
export type Endpoint = z.infer<typeof endpointSchema>;

export const endpointDetailSchema = endpointSchema.extend({
  changes: z.array(trafficChangeSchema),
  signature: signatureSchema.optional(),
  /** Body for "Try it": a real row of the champion's test window. */
  sample: inferenceRequestSchema.optional(),
  snippets: z.array(
    z.object({ language: z.string(), title: z.string(), code: z.string() }),
  ),
  consumers: z.array(z.string()),
});
export type EndpointDetail = z.infer<typeof endpointDetailSchema>;

export const seriesSchema = z.object({
  metric: z.string(),
  unit: z.string(),
  series: z.array(
    z.object({
      revision: z.string(),
      version: z.number().int(),
      points: z.array(z.tuple([z.number(), z.number()])),
    }),
  ),
});

const byName = z.object({ name: nameSchema });
const tag = 'serving';

export const servingRoutes = {
  listEndpoints: route({
    method: 'get',
    path: '/endpoints',
    tag,
    permission: 'mlops.read',
    summary: 'Endpoints with traffic and state, worst first',
    query: searchQuery,
    response: pageOf(endpointSchema),
  }),
  getEndpoint: route({
    method: 'get',
    path: '/endpoints/{name}',
    tag,
    permission: 'mlops.read',
    summary: 'One endpoint: traffic, rollout, changes, sample and snippets',
    params: byName,
    response: endpointDetailSchema,
  }),
  deploy: route({
    method: 'post',
    path: '/endpoints/{name}/deploy',
    tag,
    permission: 'mlops.endpoint.change',
    summary:
      'Starts the rollout of a version: as canary where one is in production, at once where policy lets a first deployment; waits for approval where policy asks for it',
    params: byName,
    body: z.object({
      version: z.number().int(),
      reason: reasonSchema,
      idempotencyKey: idempotencyKeySchema,
    }),
    response: endpointSchema,
  }),
  promote: route({
    method: 'post',
    path: '/endpoints/{name}/promote',
    tag,
    permission: 'mlops.endpoint.change',
    summary:
      'Moves the rollout to its next step now; refused while approval or a check is missing',
    params: byName,
    body: z.object({
      reason: reasonSchema,
      generation: z.number().int().optional(),
    }),
    response: endpointSchema,
  }),
  rollback: route({
    method: 'post',
    path: '/endpoints/{name}/rollback',
    tag,
    permission: 'mlops.endpoint.change',
    summary: 'All traffic to the version before, at once',
    params: byName,
    body: z.object({
      reason: reasonSchema,
      version: z.number().int().optional(),
    }),
    response: endpointSchema,
  }),
  retire: route({
    method: 'post',
    path: '/endpoints/{name}/retire',
    tag,
    permission: 'mlops.endpoint.change',
    summary: 'Stops answering; versions and captured predictions stay',
    params: byName,
    body: z.object({ reason: reasonSchema }),
    response: endpointSchema,
  }),
  infer: route({
    method: 'post',
    path: '/endpoints/{name}/infer',
    tag,
    permission: 'mlops.endpoint.infer',
    summary:
      'Asks the endpoint from the portal ("Try it"); with `version` that version, not captured',
    params: byName,
    query: z.object({ version: z.coerce.number().int().optional() }),
    body: inferenceRequestSchema,
    response: inferenceResponseSchema,
  }),
  getEndpointSeries: route({
    method: 'get',
    path: '/endpoints/{name}/series',
    tag,
    permission: 'mlops.read',
    summary: 'Requests, errors and latency over time by revision',
    params: byName,
    query: z.object({ hours: z.coerce.number().min(0.1).max(720).default(24) }),
    response: z.object({ series: z.array(seriesSchema) }),
  }),
  getRevisionLog: route({
    method: 'get',
    path: '/endpoints/{name}/revisions/{revision}/log',
    tag,
    permission: 'mlops.read',
    summary: 'Log of a revision from a byte offset',
    params: z.object({ name: nameSchema, revision: z.string() }),
    query: z.object({ offset: z.coerce.number().int().min(0).default(0) }),
    response: logChunkSchema,
  }),
  writePayloadEvents: route({
    method: 'post',
    path: '/serving/events',
    tag,
    permission: 'mlops.events.write',
    summary:
      'Takes captured requests and responses; answers only once they are stored; 429 or 503 when full; bad events are named and do not harm the others',
    body: z.array(z.unknown()).max(5000),
    response: z.object({
      stored: z.number().int(),
      repeated: z.number().int(),
      refused: z.array(
        z.object({
          index: z.number().int(),
          id: z.string().optional(),
          reason: z.string(),
        }),
      ),
    }),
  }),
};
