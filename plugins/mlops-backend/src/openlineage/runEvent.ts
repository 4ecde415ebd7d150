import { z } from 'zod';
import { FieldsError, fieldsOf } from '../router/errors';

const datasetSchema = z.looseObject({
  namespace: z.string().default(''),
  name: z.string().min(1),
  facets: z.record(z.string(), z.unknown()).nullish(),
});

/** The part of an OpenLineage run event (spec 2-0-2) that the hub reads; the rest is kept as it came. */
export const runEventSchema = z.looseObject({
  eventTime: z
    .string()
    .refine(text => !Number.isNaN(Date.parse(text)), 'is not an ISO 8601 time'),
  eventType: z
    .enum(['START', 'RUNNING', 'COMPLETE', 'ABORT', 'FAIL', 'OTHER'])
    .default('OTHER'),
  run: z.looseObject({
    runId: z.string().min(1).max(64),
    facets: z.record(z.string(), z.unknown()).nullish(),
  }),
  job: z.looseObject({
    namespace: z.string().default(''),
    name: z.string().min(1),
    facets: z.record(z.string(), z.unknown()).nullish(),
  }),
  inputs: z.array(datasetSchema).nullish(),
  outputs: z.array(datasetSchema).nullish(),
});
export type RunEvent = z.infer<typeof runEventSchema>;
export type EventDataset = z.infer<typeof datasetSchema>;

/** FieldsError naming the fields of an event that cannot be read. */
export function parseRunEvent(value: unknown): RunEvent {
  const parsed = runEventSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new FieldsError(fieldsOf(parsed.error), 'the OpenLineage event');
}

/** Facet of a run, job or dataset by a schema; undefined where it is absent, FieldsError where it is wrong. */
export function facetOf<T extends z.ZodType>(
  holder: { facets?: Record<string, unknown> | null },
  name: string,
  schema: T,
): z.output<T> | undefined {
  const facet = holder.facets?.[name];
  if (facet === undefined || facet === null) return undefined;
  const parsed = schema.safeParse(facet);
  if (parsed.success) return parsed.data;
  throw new FieldsError(fieldsOf(parsed.error, name), `the facet ${name}`);
}

const parentSchema = z.looseObject({
  run: z.looseObject({ runId: z.string().min(1).max(64) }),
});

/** Run that the event's step belongs to: the parent's id, or its own where it has none. */
export function ownerRunOf(event: RunEvent): string {
  const parent = facetOf(event.run, 'parent', parentSchema);
  return parent?.run.runId ?? event.run.runId;
}

const versionSchema = z.looseObject({ datasetVersion: z.string().min(1) });

/** Inputs that say which version of the data was read. */
export function dataReadBy(
  event: RunEvent,
): Array<{ name: string; version: string }> {
  return (event.inputs ?? []).flatMap(input => {
    const version = facetOf(input, 'version', versionSchema)?.datasetVersion;
    return version ? [{ name: input.name, version }] : [];
  });
}

const sourceSchema = z.looseObject({ version: z.string().optional() });

/** Commit of the code that the job ran. */
export function commitOf(event: RunEvent): string | undefined {
  return facetOf(event.job, 'sourceCodeLocation', sourceSchema)?.version;
}

/** What acts on run events: `check` refuses one that cannot be used before it is stored, `take` may be called again for the same one. */
export interface EventConsumer {
  check(event: RunEvent): void;
  take(event: RunEvent): Promise<void>;
}
