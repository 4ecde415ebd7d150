import { z } from 'zod';
import { healthSchema } from '../vocabulary/states';
import { cellSizeSchema } from './retraining';
import { nameSchema, timeSchema } from './route';

/** One score: what it says beside how much it can say. */
export const scoreSchema = z.object({
  /** First day of the window (UTC date). */
  window: z.string(),
  health: healthSchema,
  /** PSI against the frozen reference; null without data. */
  score: z.number().nullable(),
  /** Larger of natural variation and sampling noise at this n. */
  noiseFloor: z.number().nullable(),
  n: z.number().int(),
  /** Shares of the window: missing values, below or above the range of the reference. */
  missing: z.number().nullable(),
  under: z.number().nullable().optional(),
  over: z.number().nullable().optional(),
  /** More rows may still come into the window: shown, not judged. */
  open: z.boolean().optional(),
  /** Moves with the calendar and saw only some days of the window: counted, not scored. */
  partial: z.boolean().optional(),
  /** The version whose reference this is held against. */
  version: z.number().int().optional(),
});
export type Score = z.infer<typeof scoreSchema>;

export const featureScoresSchema = z.object({
  feature: z.string(),
  kind: z.enum(['number', 'text']),
  /** 'feature' or 'prediction'. */
  role: z.enum(['feature', 'prediction']),
  importance: z.number(),
  /** importance x score of the newest judged window. */
  impact: z.number().nullable(),
  health: healthSchema,
  /** Windows in a row over the limit, up to the newest; those of one version. */
  over: z.number().int(),
  /** The newest judged window, which health, impact and over speak of, and the version it was judged by. */
  judged: z
    .object({ window: z.string(), version: z.number().int() })
    .nullable()
    .optional(),
  scores: z.array(scoreSchema),
});
export type FeatureScores = z.infer<typeof featureScoresSchema>;

export const qualityPointSchema = z.object({
  window: z.string(),
  health: healthSchema,
  metric: z.string(),
  value: z.number().nullable(),
  /** 95 % interval where it can be computed. */
  low: z.number().nullable(),
  high: z.number().nullable(),
  predictions: z.number().int(),
  labels: z.number().int(),
  /** labels / predictions, 0 to 1. */
  coverage: z.number().nullable(),
  meanPrediction: z.number().nullable(),
  meanLabel: z.number().nullable(),
  /** The version that gave the answers. */
  version: z.number().int().optional(),
  open: z.boolean().optional(),
});
export type QualityPoint = z.infer<typeof qualityPointSchema>;

export const alertSchema = z.object({
  id: z.string(),
  endpoint: nameSchema,
  /** 'drift', 'quality' or 'data-quality' */
  kind: z.string(),
  subject: z.string(),
  state: z.enum(['firing', 'resolved']),
  title: z.string(),
  /** Frozen at firing. */
  evidence: z.object({
    window: z.string(),
    score: z.number().nullable(),
    limit: z.number(),
    noiseFloor: z.number().nullable(),
    n: z.number().int(),
    version: z.number().int(),
    windowsOver: z.number().int(),
    cells: z
      .object({
        labels: z.array(z.string()),
        reference: z.array(z.number()),
        current: z.array(z.number()),
      })
      .optional(),
  }),
  firedAt: timeSchema,
  /** Event time of the end of the window that fired. */
  eventTime: timeSchema,
  resolvedAt: timeSchema.optional(),
  /** 'quiet': a later window is back under the limit; 'replaced': the version it judged no longer answers. */
  resolvedBecause: z.enum(['quiet', 'replaced']).optional(),
  acknowledgedBy: z.string().optional(),
  acknowledgedAt: timeSchema.optional(),
  acknowledgeReason: z.string().optional(),
  mutedUntil: timeSchema.optional(),
  muteReason: z.string().optional(),
  decisionId: z.string().optional(),
});
export type Alert = z.infer<typeof alertSchema>;

/** One window of the page: who answered it and how far it has come. */
export const periodSchema = z.object({
  /** First day (UTC date). */
  window: z.string(),
  /** The version that answered most of it; its reference is what the window is held against. Null without a row. */
  version: z.number().int().nullable(),
  /** Share of the rows that this version answered, 0 to 1. */
  share: z.number(),
  /** Days that have rows, of whichever version, of those the window has: how far it has come. */
  days: z.number().int(),
  ofDays: z.number().int(),
  /** More rows may still come. */
  open: z.boolean(),
  /** Versions that answered for the first time in it. */
  starts: z.array(z.number().int()),
});
export type Period = z.infer<typeof periodSchema>;

/** What the verdict waits for, and what was known before. Both null once the version in production is judged. */
export const standingSchema = z.object({
  waits: z
    .object({
      /** Nothing answered yet, the first window is open, or the newest closed one was too small. */
      for: z.enum(['rows', 'window', 'more']),
      window: z.string().nullable(),
      days: z.number().int(),
      ofDays: z.number().int(),
      rows: z.number().int(),
      /** First day after the window that can give the verdict. */
      due: z.string().nullable(),
    })
    .nullable(),
  /** Last judged state of a version that answered before. */
  before: z
    .object({
      version: z.number().int(),
      health: healthSchema,
      window: z.string(),
    })
    .nullable(),
});

export const monitoringViewSchema = z.object({
  endpoint: nameSchema,
  /** True: each window by the version that answered most of it. False: one version only. */
  asServed: z.boolean(),
  /** The version shown, as served the one in production; null where none is known. */
  version: z.number().int().nullable(),
  versions: z.array(z.number().int()),
  health: healthSchema,
  /** The answer in a sentence key with values; the page translates it. */
  headline: z.object({
    key: z.string(),
    values: z.record(z.string(), z.union([z.string(), z.number()])),
  }),
  cell: cellSizeSchema,
  limit: z.number(),
  minRows: z.number().int(),
  reference: z
    .object({
      version: z.number().int(),
      from: z.string().nullable(),
      to: z.string().nullable(),
      rows: z.number().int(),
    })
    .nullable(),
  windows: z.array(z.string()),
  /** One for each of `windows`. */
  periods: z.array(periodSchema),
  standing: standingSchema,
  /** 'event' where the newest prediction is older or newer than now by more than two days (replayed data). */
  clock: z.object({ kind: z.enum(['event', 'wall']), now: timeSchema }),
  evaluatedAt: timeSchema.nullable(),
  capture: z.object({
    served: z.number().int().nullable(),
    captured: z.number().int(),
    refused: z.number().int(),
    unknownLabels: z.number().int(),
  }),
  volume: z.array(
    z.object({
      window: z.string(),
      predictions: z.number().int(),
      labels: z.number().int(),
    }),
  ),
  quality: z.array(qualityPointSchema),
  qualityMetric: z
    .object({
      name: z.string(),
      direction: z.string(),
      target: z.number().nullable(),
      reference: z.number().nullable(),
    })
    .nullable(),
  features: z.array(featureScoresSchema),
});
export type MonitoringView = z.infer<typeof monitoringViewSchema>;

export const featureDetailSchema = z.object({
  feature: z.string(),
  kind: z.enum(['number', 'text']),
  window: z.string(),
  /** The version whose frozen reference the window is held against. */
  version: z.number().int(),
  score: scoreSchema,
  limit: z.number(),
  importance: z.number(),
  referenceRows: z.number().int(),
  /** Days that the reference covers; null where its rows have no time. */
  reference: z.object({
    from: z.string().nullable(),
    to: z.string().nullable(),
  }),
  /** One entry per frozen cell, missing last: label, shares, contribution to PSI. */
  cells: z.array(
    z.object({
      label: z.string(),
      reference: z.number(),
      current: z.number(),
      contribution: z.number(),
    }),
  ),
  trend: z.array(scoreSchema),
});
export type FeatureDetail = z.infer<typeof featureDetailSchema>;
