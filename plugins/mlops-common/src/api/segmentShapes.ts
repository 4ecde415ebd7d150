import { z } from 'zod';

/** How one segment stands to the others, as far as its sample says. */
export const SEGMENT_STANDINGS = [
  'worse',
  'like-others',
  'better',
  'few-labels',
  'no-labels',
] as const;

export const segmentSchema = z.object({
  /** Name of the frozen cell, or the word; '' of the words beyond the most frequent and of missing values, which `kind` tells. */
  label: z.string(),
  kind: z.enum(['cell', 'word', 'other', 'missing']),
  /** A word that the reference does not name. */
  isNew: z.boolean().optional(),
  predictions: z.number().int(),
  /** Of the window's predictions, 0 to 1. */
  share: z.number(),
  labels: z.number().int(),
  /** labels / predictions, 0 to 1. */
  coverage: z.number(),
  /** What `value` is: the metric of the answer, or what takes its place where that cannot be computed on this segment. */
  metric: z.string(),
  value: z.number().nullable(),
  /** 95 % interval; null where there are too few labels for one. */
  low: z.number().nullable(),
  high: z.number().nullable(),
  standing: z.enum(SEGMENT_STANDINGS),
});
export type Segment = z.infer<typeof segmentSchema>;

export const featureSegmentsSchema = z.object({
  feature: z.string(),
  kind: z.enum(['number', 'text']),
  window: z.string(),
  /** The version whose predictions these are. */
  version: z.number().int(),
  metric: z.object({
    name: z.string(),
    direction: z.enum(['maximize', 'minimize']),
    /** False where the problem's primary metric has no interval on these segments, and another one takes its place. */
    primary: z.boolean(),
  }),
  /** Mean of the segments' values, each by its labels: what they are held against. */
  typical: z.number().nullable(),
  predictions: z.number().int(),
  labels: z.number().int(),
  /** Days of the window that were read, and those whose predictions are no longer kept. */
  days: z.number().int(),
  removedDays: z.number().int(),
  /** Surely worst first: by the end of the interval that lies nearer to the others. */
  segments: z.array(segmentSchema),
});
export type FeatureSegments = z.infer<typeof featureSegmentsSchema>;
