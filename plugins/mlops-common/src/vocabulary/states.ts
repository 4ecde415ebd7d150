import { z } from 'zod';

/** State of a piece of work: a run, a step, a CI job, a trial. Closed list; an engine maps what it does not know to `unknown`. */
export const workStateSchema = z.enum([
  'waiting',
  'running',
  'succeeded',
  'failed',
  'stopped',
  'skipped',
  'unknown',
]);
export type WorkState = z.infer<typeof workStateSchema>;

/** Work in one of these states never changes again. */
export const FINAL_WORK_STATES: readonly WorkState[] = [
  'succeeded',
  'failed',
  'stopped',
  'skipped',
];

export function isFinal(state: WorkState): boolean {
  return FINAL_WORK_STATES.includes(state);
}

/** Health of a thing that is watched. `unknown`, `no-data` and `not-enough-data` are never green and never mean the same. */
export const healthSchema = z.enum([
  'well',
  'above-noise',
  'drift',
  'below-target',
  'not-enough-data',
  'no-data',
  'unknown',
]);
export type Health = z.infer<typeof healthSchema>;

/** State of an endpoint or of one of its revisions. */
export const servingStateSchema = z.enum([
  'starting',
  'answering',
  'canary',
  'shadow',
  'degraded',
  'not-answering',
  'retired',
  'unknown',
]);
export type ServingState = z.infer<typeof servingStateSchema>;

/** pending: registered, digest not yet checked; ready: digest verified; failed: `reason` says why. */
export const versionStateSchema = z.enum(['pending', 'ready', 'failed']);
export type VersionState = z.infer<typeof versionStateSchema>;

export const approvalStateSchema = z.enum([
  'waiting',
  'approved',
  'refused',
  'withdrawn',
]);
export type ApprovalState = z.infer<typeof approvalStateSchema>;

export const conditionStateSchema = z.enum(['met', 'not-met', 'unknown']);
export type ConditionState = z.infer<typeof conditionStateSchema>;

/** One condition of a gate or an approval with its verdict. */
export const conditionSchema = z.object({
  condition: z.string(),
  state: conditionStateSchema,
  detail: z.string().default(''),
  /** Who found out: the run's own gate, the hub from what it stores, or both alike; absent where it was not recorded. */
  checkedBy: z.enum(['run', 'hub', 'both']).optional(),
});
export type Condition = z.infer<typeof conditionSchema>;

export const riskClassSchema = z.enum(['minimal', 'limited', 'high']);
export type RiskClass = z.infer<typeof riskClassSchema>;

export const taskSchema = z.enum(['binary', 'multiclass', 'regression']);
export type Task = z.infer<typeof taskSchema>;

export const directionSchema = z.enum(['maximize', 'minimize']);
export type Direction = z.infer<typeof directionSchema>;

/** Metrics of which more is better; every other one is an error or a loss. */
export const HIGHER_IS_BETTER: readonly string[] = [
  'roc_auc',
  'average_precision',
  'accuracy',
  'balanced_accuracy',
  'r2',
];

export function directionOf(metric: string): Direction {
  return HIGHER_IS_BETTER.includes(metric) ? 'maximize' : 'minimize';
}
