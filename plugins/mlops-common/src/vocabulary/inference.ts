import { z } from 'zod';

/** One tensor of a model's signature; `shape` is [-1, 1] for a column. */
export const signatureTensorSchema = z.object({
  name: z.string(),
  datatype: z.string(),
  shape: z.array(z.number().int()),
});
export type SignatureTensor = z.infer<typeof signatureTensorSchema>;

/** What a version takes and gives: `signature.json` of the artefact. */
export const signatureSchema = z.looseObject({
  task: z.string(),
  classes: z.array(z.string()).default([]),
  inputs: z.array(signatureTensorSchema),
  /** One row that the model has seen in its test window: feature name -> value (null is missing). */
  sample: z
    .record(z.string(), z.union([z.string(), z.number(), z.null()]))
    .optional(),
});
export type Signature = z.infer<typeof signatureSchema>;

export const tensorSchema = z.looseObject({
  name: z.string(),
  datatype: z.string(),
  shape: z.array(z.number().int().nonnegative()),
  data: z.array(z.union([z.string(), z.number(), z.boolean(), z.null()])),
});
export type Tensor = z.infer<typeof tensorSchema>;

/**
 * Open Inference Protocol v2 request, one tensor per column.
 * `parameters.event_times`: ISO times, one per row, for replayed data (monitoring windows go by event time).
 */
export const inferenceRequestSchema = z.looseObject({
  id: z.string().optional(),
  parameters: z.record(z.string(), z.unknown()).optional(),
  inputs: z.array(tensorSchema).min(1),
});
export type InferenceRequest = z.infer<typeof inferenceRequestSchema>;

export const inferenceResponseSchema = z.looseObject({
  model_name: z.string(),
  model_version: z.string().optional(),
  id: z.string().optional(),
  parameters: z.record(z.string(), z.unknown()).optional(),
  outputs: z.array(tensorSchema),
});
export type InferenceResponse = z.infer<typeof inferenceResponseSchema>;

/**
 * A captured request or response, CloudEvents 1.0 in structured JSON form, the fields that KServe's payload logger sends.
 * Request and response share `id`; the prediction of row i is known as `<id>/<i>`.
 */
export const payloadEventSchema = z.looseObject({
  specversion: z.literal('1.0'),
  id: z.string().min(1),
  type: z.enum([
    'org.kubeflow.serving.inference.request',
    'org.kubeflow.serving.inference.response',
  ]),
  source: z.string(),
  time: z.string(),
  /** Name of the endpoint. */
  inferenceservicename: z.string(),
  /** Name of the model version that answered, as the registry writes it ("3"). */
  modelversion: z.string().optional(),
  /** Id of the revision that answered. */
  revision: z.string().optional(),
  data: z.unknown(),
});
export type PayloadEvent = z.infer<typeof payloadEventSchema>;
