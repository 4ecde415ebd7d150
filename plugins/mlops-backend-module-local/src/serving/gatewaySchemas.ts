import { servingStateSchema } from '@mlops-portal/plugin-mlops-common';
import { z } from 'zod';

/** Answers of the gateway's admin routes; what a newer gateway adds is let through. */
export const endpointStatusSchema = z.looseObject({
  name: z.string(),
  state: servingStateSchema.catch('unknown'),
  reason: z.string().optional(),
  url: z.string(),
  generation: z.number(),
  revisions: z.array(
    z.looseObject({
      id: z.string(),
      state: servingStateSchema.catch('unknown'),
      reason: z.string().optional(),
      percent: z.number(),
      requests: z.number(),
      errors: z.number(),
      p50Ms: z.number().optional(),
      p95Ms: z.number().optional(),
    }),
  ),
  observedAt: z.string(),
});

export const logChunkSchema = z.object({
  text: z.string(),
  nextOffset: z.number(),
  complete: z.boolean(),
});
