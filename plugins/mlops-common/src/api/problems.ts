import { z } from 'zod';
import { healthSchema, riskClassSchema } from '../vocabulary/states';
import { approvalSchema } from './approvals';
import { alertSchema } from './monitoring';
import { decisionSchema } from './retraining';
import { runSchema } from './pipelines';
import { nameSchema, pageOf, pageQuery, route, timeSchema } from './route';

/** The six stations of the loop, in order. */
export const LOOP_STATIONS = [
  'data',
  'features',
  'pipeline',
  'version',
  'endpoint',
  'monitoring',
] as const;

export const stationSchema = z.object({
  station: z.enum(LOOP_STATIONS),
  /** Name of the object the station stands for. */
  title: z.string(),
  /** One of the closed state lists (work, health, freshness, serving, approval) or 'not-reached'. */
  state: z.string(),
  /** The figure in large type, as text with its unit key. */
  figure: z.object({ value: z.number(), unit: z.string() }).optional(),
  facts: z.array(
    z.object({
      key: z.string(),
      values: z.record(z.string(), z.union([z.string(), z.number()])),
    }),
  ),
  at: timeSchema.optional(),
  /** Path in the portal, relative to the app's root. */
  link: z.string().optional(),
});
export type Station = z.infer<typeof stationSchema>;

export const metricPointSchema = z.object({
  window: z.string(),
  value: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  coverage: z.number().nullable(),
  version: z.number().int().nullable(),
  n: z.number().int(),
});

export const problemSummarySchema = z.object({
  name: nameSchema,
  title: z.string(),
  owner: z.string(),
  riskClass: riskClassSchema,
  /** Worst of what is known; 'unknown' where nothing is watched yet. */
  health: healthSchema,
  stations: z.array(
    z.object({ station: z.enum(LOOP_STATIONS), state: z.string() }),
  ),
  metric: z.object({
    name: z.string(),
    target: z.number().nullable(),
    value: z.number().nullable(),
    n: z.number().int(),
    points: z.array(z.number().nullable()),
  }),
  lastRetraining: timeSchema.optional(),
  alerts: z.number().int(),
});
export type ProblemSummary = z.infer<typeof problemSummarySchema>;

export const activitySchema = z.object({
  at: timeSchema,
  actor: z.string(),
  action: z.string(),
  object: z.string(),
  text: z.string(),
  link: z.string().optional(),
});

export const problemDetailSchema = problemSummarySchema.extend({
  objective: z.string(),
  task: z.string(),
  repository: z
    .object({
      name: z.string(),
      cloneUrl: z.string(),
      cloneCommand: z.string().optional(),
      webUrl: z.string().optional(),
      headCommit: z.string(),
    })
    .optional(),
  clock: z.object({ kind: z.enum(['event', 'wall']), now: timeSchema }),
  loop: z.array(stationSchema),
  /** The dashed return edge: last decision on retraining. */
  returnEdge: decisionSchema.optional(),
  metricSeries: z.array(metricPointSchema),
  versionMarks: z.array(
    z.object({ version: z.number().int(), window: z.string() }),
  ),
  attention: z.array(
    z.object({
      kind: z.string(),
      title: z.string(),
      detail: z.string(),
      link: z.string(),
    }),
  ),
  activity: z.array(activitySchema),
  retrainingPaused: z.boolean(),
  /** Version that the endpoint answers with, the one with most traffic; null before the first deployment. */
  production: z.number().int().nullable(),
});
export type ProblemDetail = z.infer<typeof problemDetailSchema>;

export const homeSchema = z.object({
  approvals: z.array(approvalSchema),
  alerts: z.array(alertSchema),
  failedRuns: z.array(runSchema),
  running: z.array(runSchema),
  problems: z.array(problemSummarySchema),
});
export type Home = z.infer<typeof homeSchema>;

export const engineStatusSchema = z.object({
  contract: z.string(),
  id: z.string(),
  title: z.string(),
  version: z.string().optional(),
  capabilities: z.record(
    z.string(),
    z.union([z.boolean(), z.number(), z.string()]),
  ),
  links: z.array(z.object({ title: z.string(), url: z.string() })),
  state: z.enum(['answering', 'not-answering', 'unknown']),
  reason: z.string().optional(),
  lastContact: timeSchema.optional(),
  breaker: z.enum(['closed', 'open', 'half-open']),
  latencyMs: z.number().optional(),
});
export type EngineStatus = z.infer<typeof engineStatusSchema>;

export const auditEntrySchema = z.object({
  id: z.string(),
  at: timeSchema,
  actor: z.string(),
  action: z.string(),
  object: z.string(),
  reason: z.string().optional(),
  outcome: z.enum(['done', 'refused', 'failed']),
  detail: z.record(z.string(), z.unknown()).default({}),
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;

const byName = z.object({ name: nameSchema });

export const problemRoutes = {
  getHome: route({
    method: 'get',
    path: '/home',
    tag: 'problems',
    permission: 'mlops.read',
    summary: 'What needs me?',
    response: homeSchema,
  }),
  listProblems: route({
    method: 'get',
    path: '/problems',
    tag: 'problems',
    permission: 'mlops.read',
    summary: 'Problems, worst first',
    query: pageQuery,
    response: pageOf(problemSummarySchema),
  }),
  getProblem: route({
    method: 'get',
    path: '/problems/{name}',
    tag: 'problems',
    permission: 'mlops.read',
    summary: 'Where does this problem stand? The loop with live state',
    params: byName,
    response: problemDetailSchema,
  }),
  listEngines: route({
    method: 'get',
    path: '/engines',
    tag: 'platform',
    permission: 'mlops.read',
    summary: 'Engines: version, capabilities, last contact, breaker',
    response: z.object({ items: z.array(engineStatusSchema) }),
  }),
  recheckEngines: route({
    method: 'post',
    path: '/engines/check',
    tag: 'platform',
    permission: 'mlops.read',
    summary: 'Asks every engine now',
    body: z.object({}).default({}),
    response: z.object({ items: z.array(engineStatusSchema) }),
  }),
  listAudit: route({
    method: 'get',
    path: '/audit',
    tag: 'platform',
    permission: 'mlops.audit.read',
    summary:
      'Who did what, newest first; object, actor and action are parts of their names',
    query: pageQuery.extend({
      object: z.string().optional(),
      actor: z.string().optional(),
      action: z.string().optional(),
      /** Day (YYYY-MM-DD, UTC) or ISO time; the whole last day counts. */
      since: z.string().optional(),
      until: z.string().optional(),
    }),
    response: pageOf(auditEntrySchema),
  }),
  whoAmI: route({
    method: 'get',
    path: '/whoami',
    tag: 'platform',
    permission: 'mlops.read',
    summary: 'Who the portal takes the caller for, and what they may',
    response: z.object({
      actor: z.string(),
      permissions: z.record(z.string(), z.boolean()),
      onePerson: z.boolean(),
    }),
  }),
};
