import {
  artifactSchema,
  conditionSchema,
  nameSchema,
  plotsSchema,
  SAFE_MODEL_FORMATS,
  signatureSchema,
  sliceSchema,
  windowSchema,
} from '@mlops-portal/plugin-mlops-common';
import { z } from 'zod';
import { EventDataset, facetOf, RunEvent } from '../openlineage/runEvent';
import { FieldsError } from '../router/errors';

/** Numbers by name; what could not be computed is left out. */
const numbersSchema = z
  .record(z.string(), z.number().nullable())
  .transform(
    given =>
      Object.fromEntries(
        Object.entries(given).filter(([, value]) => value !== null),
      ) as Record<string, number>,
  );

const modelFacetSchema = z.looseObject({
  uri: artifactSchema.shape.uri.min(1).max(1000),
  sha256: artifactSchema.shape.sha256,
  format: z
    .string()
    .refine(
      format => SAFE_MODEL_FORMATS.includes(format),
      `is not a format that may be served: give one of ${SAFE_MODEL_FORMATS.join(
        ', ',
      )}`,
    ),
  framework: z.string().default(''),
  task: z.string().min(1),
  signature: signatureSchema,
});

const metricsFacetSchema = z.looseObject({
  metrics: numbersSchema,
  baseline: numbersSchema.default({}),
  champion: numbersSchema.default({}),
  gate: z.array(conditionSchema).default([]),
  window: windowSchema.optional(),
  train: windowSchema.optional(),
  plots: plotsSchema.default({}),
  slices: z.array(sliceSchema).default([]),
});

const parametersFacetSchema = z.looseObject({
  parameters: z.record(z.string(), z.unknown()),
});

const typeFacetSchema = z.looseObject({ datasetType: z.string() });

/** What a run says of the model it made. */
export interface ReportedModel {
  model: string;
  artifact: { uri: string; sha256: string; format: string };
  facts: VersionFacts;
}

/** Facts of a version as the run reported them, kept as one document. */
export interface VersionFacts {
  task: string;
  framework: string;
  signature: z.infer<typeof signatureSchema>;
  parameters: Record<string, unknown>;
  metrics: Record<string, number>;
  baseline: Record<string, number>;
  champion: Record<string, number>;
  gate: Array<z.infer<typeof conditionSchema>>;
  plots: z.infer<typeof plotsSchema>;
  slices: Array<z.infer<typeof sliceSchema>>;
  train?: z.infer<typeof windowSchema>;
  test?: z.infer<typeof windowSchema>;
  importances: Record<string, number>;
}

/** Models that a run event completes; FieldsError for one that could not become a version. */
export function modelsOf(event: RunEvent): ReportedModel[] {
  if (event.eventType !== 'COMPLETE') return [];
  return (event.outputs ?? [])
    .filter(
      output =>
        facetOf(output, 'datasetType', typeFacetSchema)?.datasetType ===
        'MODEL',
    )
    .map(output => reported(event, output));
}

function reported(event: RunEvent, output: EventDataset): ReportedModel {
  const name = nameSchema.safeParse(output.name);
  if (!name.success) {
    const message = `"${output.name}" cannot be the name of a model: ${name.error.issues[0].message}`;
    throw new FieldsError([{ field: 'outputs.name', message }], 'the event');
  }
  const model = facetOf(output, 'mlops_model', modelFacetSchema);
  const metrics = facetOf(event.run, 'mlops_metrics', metricsFacetSchema);
  if (!model || !metrics) {
    const field = model ? 'run.facets.mlops_metrics' : 'mlops_model';
    const message = `is missing: a version of ${output.name} needs it`;
    throw new FieldsError([{ field, message }], 'the event');
  }
  const { uri, sha256, format, framework, task, signature } = model;
  return {
    model: output.name,
    artifact: { uri, sha256, format },
    facts: {
      task,
      framework,
      signature,
      parameters:
        facetOf(event.run, 'mlops_parameters', parametersFacetSchema)
          ?.parameters ?? {},
      metrics: metrics.metrics,
      baseline: metrics.baseline,
      champion: metrics.champion,
      gate: metrics.gate,
      plots: metrics.plots,
      slices: metrics.slices,
      train: metrics.train,
      test: metrics.window,
      importances: {},
    },
  };
}
