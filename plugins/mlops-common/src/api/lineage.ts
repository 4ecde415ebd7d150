import { z } from 'zod';
import { nameSchema, route, timeSchema } from './route';

export const lineageNodeSchema = z.object({
  /** kind:name, e.g. version:flight-delay/3, run:<id>, data:<digest>, commit:<sha>, endpoint:flight-delay, revision:<id>, approval:<id>, problem:flight-delay */
  id: z.string(),
  kind: z.string(),
  title: z.string(),
  facts: z.record(z.string(), z.union([z.string(), z.number()])),
  /** True for the node that was asked for. */
  focus: z.boolean().default(false),
  redacted: z.boolean().default(false),
});
export const lineageEdgeSchema = z.object({
  from: z.string(),
  to: z.string(),
  /** trainedOn, madeBy, read, used, derivedFrom, definedBy, ran, approvedBy, answeredBy, routedTo, serves, ... */
  kind: z.string(),
  validFrom: timeSchema,
  validTo: timeSchema.nullable(),
  recordedAt: timeSchema,
  /** Of routedTo: version, percent, act, actor, reason. */
  facts: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});
export const lineageSchema = z.object({
  focus: z.string(),
  asOf: timeSchema.nullable(),
  nodes: z.array(lineageNodeSchema),
  edges: z.array(lineageEdgeSchema),
  /** Node ids whose neighbours were left out by depth or node cap. */
  cut: z.array(z.string()),
});
export type Lineage = z.infer<typeof lineageSchema>;

export const traceSchema = z.object({
  predictionId: z.string(),
  endpoint: nameSchema,
  at: timeSchema,
  eventTime: timeSchema.optional(),
  version: z.number().int(),
  revision: z.string().optional(),
  features: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
  prediction: z.union([z.string(), z.number(), z.null()]),
  label: z.union([z.string(), z.number(), z.boolean(), z.null()]),
  runId: z.string().optional(),
  commit: z.string().optional(),
  dataVersion: z.string().optional(),
  approvedBy: z.string().optional(),
  lineage: lineageSchema,
});
export type Trace = z.infer<typeof traceSchema>;

/** A stretch of time in which a revision had a share of an endpoint's traffic. */
export const servedSpanSchema = z.object({
  model: nameSchema,
  version: z.number().int(),
  /** Absent where only the version was recorded. */
  revision: z.string().optional(),
  /** Percent of the traffic; absent where it was not recorded. */
  percent: z.number().optional(),
  from: timeSchema,
  to: timeSchema.nullable(),
  /** deploy, canary, promote, rollback, auto-rollback: how it came to this share. */
  act: z.string().optional(),
  actor: z.string().optional(),
  reason: z.string().optional(),
});
export type ServedSpan = z.infer<typeof servedSpanSchema>;

export const lineageRoutes = {
  writeLineageEvent: route({
    method: 'post',
    path: '/lineage/events',
    tag: 'lineage',
    permission: 'mlops.events.write',
    summary:
      'Takes an OpenLineage run event (2-0-2); stored before the answer; the same event twice counts once',
    body: z.looseObject({
      eventTime: z.string(),
      eventType: z.string().optional(),
    }),
    response: z.object({ stored: z.boolean() }),
  }),
  getLineage: route({
    method: 'get',
    path: '/lineage',
    tag: 'lineage',
    permission: 'mlops.read',
    summary:
      'Where does it come from, what does it reach? Bounded, as of a date',
    query: z.object({
      node: z.string().min(3),
      direction: z.enum(['both', 'back', 'forward']).default('both'),
      depth: z.coerce.number().int().min(1).max(10).default(5),
      maxNodes: z.coerce.number().int().min(1).max(500).default(100),
      asOf: z.string().optional(),
    }),
    response: lineageSchema,
  }),
  findLineageNodes: route({
    method: 'get',
    path: '/lineage/nodes',
    tag: 'lineage',
    permission: 'mlops.read',
    summary: 'Nodes whose name or title holds a text, to start lineage from',
    query: z.object({
      q: z.string().max(200).default(''),
      limit: z.coerce.number().int().min(1).max(50).default(20),
    }),
    response: z.object({
      items: z.array(
        lineageNodeSchema.pick({ id: true, kind: true, title: true }),
      ),
    }),
  }),
  getServedSpans: route({
    method: 'get',
    path: '/lineage/served/{endpoint}',
    tag: 'lineage',
    permission: 'mlops.read',
    summary:
      'Which version had which share of an endpoint, from when to when, by whom and why; oldest first, the newest 500',
    params: z.object({ endpoint: nameSchema }),
    response: z.object({ items: z.array(servedSpanSchema) }),
  }),
  tracePrediction: route({
    method: 'get',
    path: '/lineage/predictions/{endpoint}/{id}',
    tag: 'lineage',
    permission: 'mlops.read',
    summary:
      'What answered this request, and why: prediction -> version -> run -> commit, data, approver. {id} is <request id>~<row>',
    params: z.object({ endpoint: nameSchema, id: z.string().min(1) }),
    response: traceSchema,
  }),
};
