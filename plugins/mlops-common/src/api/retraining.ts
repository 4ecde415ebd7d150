import { z } from 'zod';
import { nameSchema, reasonSchema, route, timeSchema } from './route';

export const cellSizeSchema = z.enum(['day', 'week']);
export type CellSize = z.infer<typeof cellSizeSchema>;

export const decisionSchema = z.object({
  id: z.string(),
  problem: nameSchema,
  at: timeSchema,
  /** Clock of the data when it was made. */
  eventTime: timeSchema.optional(),
  trigger: z.enum(['alert', 'schedule', 'person']),
  outcome: z.enum(['start', 'wait', 'ignore']),
  /** cool-down | more-windows | run-active | paused | muted | below-limit | policy-off | no-pipeline | none */
  cause: z.string(),
  because: z.string(),
  actor: z.string(),
  runId: z.string().optional(),
  runNumber: z.number().int().optional(),
  versionMade: z.number().int().optional(),
  alertId: z.string().optional(),
});
export type Decision = z.infer<typeof decisionSchema>;

export const retrainingSchema = z.object({
  problem: nameSchema,
  policy: z.object({
    schedule: z.string(),
    when: z.array(z.string()),
    coolDownDays: z.number(),
    neededWindows: z.number().int(),
    limit: z.number(),
    window: cellSizeSchema,
    minRows: z.number().int(),
    canary: z.array(z.number()),
  }),
  paused: z.boolean(),
  pausedBy: z.string().optional(),
  pausedReason: z.string().optional(),
  nextCheck: timeSchema.optional(),
  decisions: z.array(decisionSchema),
});
export type Retraining = z.infer<typeof retrainingSchema>;

const byProblem = z.object({ problem: nameSchema });

export const retrainingRoutes = {
  getRetraining: route({
    method: 'get',
    path: '/retraining/{problem}',
    tag: 'retraining',
    permission: 'mlops.read',
    summary: 'Policy and decisions of a problem',
    params: byProblem,
    response: retrainingSchema,
  }),
  retrain: route({
    method: 'post',
    path: '/retraining/{problem}/retrain',
    tag: 'retraining',
    permission: 'mlops.retraining.change',
    summary:
      "Makes a decision now on a person's word; one active run per model",
    params: byProblem,
    body: z.object({
      reason: reasonSchema,
      until: z.string().optional(),
      alertId: z.string().optional(),
      idempotencyKey: z.string().min(8),
    }),
    response: decisionSchema,
  }),
  pauseRetraining: route({
    method: 'post',
    path: '/retraining/{problem}/pause',
    tag: 'retraining',
    permission: 'mlops.retraining.change',
    summary: 'Pauses or resumes retraining by policy',
    params: byProblem,
    body: z.object({ paused: z.boolean(), reason: reasonSchema }),
    response: retrainingSchema,
  }),
};
