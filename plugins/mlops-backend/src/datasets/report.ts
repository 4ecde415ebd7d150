import { z } from 'zod';
import { EventDataset, ownerRunOf, RunEvent } from '../openlineage/runEvent';
import { ReportedColumn, readProfile } from './columns';
import { Ignored, objectOf, take } from './lenient';

/** What a run event says of one source that was read. */
export interface DatasetReport {
  namespace: string;
  /** Name of the dataset in the event: where it was read from. */
  source: string;
  /** Parent job, or the job itself. */
  reader: string;
  digest: string;
  runId: string;
  at: string;
  from: string | null;
  to: string | null;
  rows: number | null;
  /** In the order of the source. */
  columns: ReportedColumn[];
  profiled: boolean;
  ignored: Ignored[];
}

const MAX_COLUMNS = 2000;
const MAX_IGNORED = 50;

const text = z.string().min(1);
const time = z
  .string()
  .refine(value => !Number.isNaN(Date.parse(value)), 'is not an ISO 8601 time')
  .transform(value => new Date(value).toISOString());
const fieldSchema = z.looseObject({
  name: text.max(500),
  type: z.string().max(200).nullish(),
  description: z.string().max(2000).nullish(),
});
const parentSchema = z.looseObject({
  job: z.looseObject({ name: text }),
});

/**
 * Inputs of an event that say which version of them was read; models are none. Never throws: a part that cannot be used is
 * left out and told in `ignored` with its field and the reason, the rest counts.
 */
export function reportsOf(event: RunEvent): DatasetReport[] {
  return (event.inputs ?? []).flatMap(input => {
    const report = reportOf(event, input);
    return report ? [report] : [];
  });
}

function reportOf(
  event: RunEvent,
  input: EventDataset,
): DatasetReport | undefined {
  const facet = facetsOf(input);
  const digest = versionOf(facet('version'));
  const type = objectOf(facet('datasetType'))?.datasetType;
  if (!digest || type === 'MODEL') return undefined;

  const ignored: Ignored[] = [];
  const schema = readSchema(facet('schema'), ignored);
  const { rows, from, to, profiles } = profileOf(facet, ignored);
  const known = new Set(schema.map(({ name }) => name));
  const columns = [
    ...schema.map(column => ({ ...column, ...profileFor(column) })),
    ...[...profiles.values()].filter(({ name }) => !known.has(name)),
  ];
  function profileFor({ name, type: told }: ReportedColumn) {
    const found = profiles.get(name);
    return found && { ...found, type: told || found.type };
  }
  if (columns.length > MAX_COLUMNS) {
    const reason = `only the first ${MAX_COLUMNS} of ${columns.length} are kept`;
    ignored.push({ field: 'columns', reason });
  }
  return {
    namespace: input.namespace,
    source: input.name,
    reader: readerOf(event),
    digest,
    runId: ownerRunOf(event),
    at: new Date(event.eventTime).toISOString(),
    from,
    to,
    rows,
    columns: columns.slice(0, MAX_COLUMNS),
    profiled: columns.some(({ profile }) => profile),
    ignored: ignored.slice(0, MAX_IGNORED),
  };
}

/** Producers put a facet of an input with the dataset's own or apart, by its kind; ours may stand in either. */
function facetsOf(input: EventDataset): (name: string) => unknown {
  const apart = objectOf(input.inputFacets);
  return name => input.facets?.[name] ?? apart?.[name];
}

function versionOf(facet: unknown): string | undefined {
  const version = objectOf(facet)?.datasetVersion;
  return typeof version === 'string' && version ? version : undefined;
}

function readerOf(event: RunEvent): string {
  const parent = parentSchema.safeParse(event.run.facets?.parent);
  return parent.success ? parent.data.job.name : event.job.name;
}

function readSchema(facet: unknown, ignored: Ignored[]): ReportedColumn[] {
  const fields = objectOf(facet)?.fields;
  if (fields === undefined || fields === null) return [];
  if (!Array.isArray(fields)) {
    ignored.push({ field: 'schema.fields', reason: 'is not a list' });
    return [];
  }
  const seen = new Set<string>();
  return fields.flatMap((field, at): ReportedColumn[] => {
    const parsed = fieldSchema.safeParse(field);
    const where = `schema.fields.${at}`;
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      ignored.push({
        field: [where, ...issue.path].join('.'),
        reason: issue.message,
      });
      return [];
    }
    const { name, type, description } = parsed.data;
    if (seen.has(name)) {
      ignored.push({ field: where, reason: `"${name}" is there twice` });
      return [];
    }
    seen.add(name);
    return [{ name, type: type ?? '', description: description ?? undefined }];
  });
}

/** Our profile where it is told; the standard quality metrics fill what it does not say. */
function profileOf(facet: (name: string) => unknown, ignored: Ignored[]) {
  const ours = objectOf(facet('mlops_profile'));
  const quality = objectOf(facet('dataQualityMetrics'));
  const count = z.number().int().nonnegative();
  const rows =
    (ours && take(ours, 'rows', count, 'mlops_profile', ignored)) ??
    (quality &&
      take(quality, 'rowCount', count, 'dataQualityMetrics', ignored));
  return {
    rows: rows ?? null,
    from: (ours && take(ours, 'from', time, 'mlops_profile', ignored)) ?? null,
    to: (ours && take(ours, 'to', time, 'mlops_profile', ignored)) ?? null,
    profiles: readProfile({ ours, quality }, ignored),
  };
}
