import { z } from 'zod';
import { workStateSchema } from '@mlops-portal/plugin-mlops-common';
import { processIdentitySchema } from '../processes';

/** One job as it is written to disk, in the order in which it is shown. */
export const jobRecordSchema = z.object({
  id: z.string(),
  name: z.string(),
  stage: z.string(),
  state: workStateSchema,
  startedAt: z.string().optional(),
  finishedAt: z.string().optional(),
});
export type JobRecord = z.infer<typeof jobRecordSchema>;

export const endingSchema = z.object({
  state: workStateSchema,
  reason: z.string().optional(),
  finishedAt: z.string(),
});
export type Ending = z.infer<typeof endingSchema>;

/** `pipeline.json`: written by the portal only. */
export const pipelineRecordSchema = z.object({
  id: z.string(),
  repository: z.string(),
  branch: z.string(),
  commit: z.string(),
  message: z.string(),
  author: z.string(),
  email: z.string(),
  createdAt: z.string(),
  phase: z.enum(['waiting', 'preparing', 'running', 'ended']),
  /** The job that makes the Python environment, and those of the repository; their state before and after the runner. */
  jobs: z.array(jobRecordSchema),
  /** In the environment of all processes of the run; written before the first of them starts. */
  mark: z.string().optional(),
  /** The detached runner. */
  runner: processIdentitySchema.optional(),
  ending: endingSchema.optional(),
});
export type PipelineRecord = z.infer<typeof pipelineRecordSchema>;

/** `progress.json`: written by the runner only. */
export const progressSchema = z.object({
  jobs: z.array(jobRecordSchema),
  ending: endingSchema.optional(),
});
export type Progress = z.infer<typeof progressSchema>;

/** `run.json`: what the runner is to do. Secrets travel in its environment, not here. */
export const runSpecSchema = z.object({
  /** Program and arguments of the executor. */
  command: z.array(z.string()).min(1),
  workFolder: z.string(),
  logFolder: z.string(),
  progressFile: z.string(),
  jobs: z.array(jobRecordSchema),
  timeLimitMs: z.number(),
});
export type RunSpec = z.infer<typeof runSpecSchema>;

/** Variable in which the runner gets the values to hide, as a JSON list. It is not passed on. */
export const MASK_VARIABLE = 'PORTAL_CI_MASK';
/** Variable by which every process of one run is found again. */
export const MARK_VARIABLE = 'PORTAL_CI_RUN';
