import { parseRunEvent, RunEvent } from '../../openlineage/runEvent';

export const PROFILE = {
  rows: 1000,
  from: '2001-01-01T00:00:00Z',
  to: '2001-03-01T00:00:00Z',
  columns: [
    {
      name: 'delay',
      type: 'number',
      role: 'target',
      nulls: 10,
      distinct: 80,
      min: -40,
      max: 200,
      mean: 8.5,
      histogram: { edges: [-40, 0, 20, 200], counts: [400, 400, 190] },
    },
    {
      name: 'origin',
      type: 'text',
      role: 'entity',
      nulls: 0,
      distinct: 3,
      min: null,
      max: null,
      mean: null,
      top: [
        { value: 'ORD', count: 600 },
        { value: 'DFW', count: 300 },
      ],
      other: 100,
    },
  ],
};

const SCHEMA = [
  { name: 'delay', type: 'int64' },
  { name: 'origin', type: 'str' },
];

/** The event of a step that read a table; parts can be replaced, also by what is wrong. */
export function readEvent(
  changes: {
    at?: string;
    runId?: string;
    reader?: string;
    source?: string;
    digest?: unknown;
    type?: string;
    schema?: unknown;
    profile?: unknown;
    quality?: unknown;
    datasetType?: string;
  } = {},
): RunEvent {
  const { schema = SCHEMA, profile = PROFILE } = changes;
  return parseRunEvent({
    eventType: changes.type ?? 'COMPLETE',
    eventTime: changes.at ?? '2026-11-01T09:00:00.000Z',
    producer: 'test',
    run: {
      runId: `step-of-${changes.runId ?? 'run-1'}`,
      facets: {
        parent: {
          run: { runId: changes.runId ?? 'run-1' },
          job: { namespace: 'portal', name: changes.reader ?? 'flight-delay' },
        },
      },
    },
    job: { namespace: 'portal', name: 'flight-delay.extract' },
    inputs: [
      {
        namespace: 'portal',
        name: changes.source ?? '/data/flights.parquet',
        facets: {
          version: { datasetVersion: changes.digest ?? 'd'.repeat(64) },
          ...(schema ? { schema: { fields: schema } } : {}),
          ...(profile ? { mlops_profile: profile } : {}),
          ...(changes.datasetType
            ? { datasetType: { datasetType: changes.datasetType } }
            : {}),
        },
        inputFacets: changes.quality
          ? { dataQualityMetrics: changes.quality }
          : {},
      },
    ],
    outputs: [],
  });
}
