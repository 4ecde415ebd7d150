import {
  ColumnComparison,
  Dataset,
  DatasetColumn,
  DatasetComparison,
  DatasetVersion,
  DatasetVersionDetail,
} from '@mlops-portal/plugin-mlops-common';
import { Answers } from '../answers';
import { featureView, featureViews } from './featureViews';
import { hoursAgo } from './time';

const none = { min: null, max: null, mean: null, approximate: false };

/** Two readings of one table: the later one has a column more, one of another type, and delays that have moved. */
export function datasetVersions(): DatasetVersion[] {
  const version = {
    digest: '9f3c61aa'.padEnd(64, '0'),
    source: '/data/flights.parquet',
    reader: 'flight-delay',
    profiled: true,
  };
  return [
    {
      ...version,
      id: 'v-may',
      window: { from: '2001-01-01', to: '2001-05-13', rows: 2_192_318 },
      columns: 4,
      firstSeen: hoursAgo(3),
      lastSeen: hoursAgo(3),
      run: { id: 'run-47', number: 47 },
      schemaChanges: 2,
    },
    {
      ...version,
      id: 'v-march',
      window: { from: '2001-01-01', to: '2001-03-15', rows: 1_195_082 },
      columns: 3,
      firstSeen: hoursAgo(600),
      lastSeen: hoursAgo(500),
      run: { id: 'outside-1' },
      schemaChanges: null,
    },
  ];
}

export function datasetColumns(): DatasetColumn[] {
  return [
    {
      name: 'delay',
      type: 'double',
      role: 'target',
      change: 'type',
      before: 'int64',
      profile: {
        ...none,
        nulls: 21_923,
        distinct: 688,
        min: -44,
        max: 1433,
        mean: 7.2,
        histogram: { edges: [-44, 0, 15, 1433], counts: [900, 800, 300] },
      },
    },
    {
      name: 'date',
      type: 'datetime64[us]',
      role: 'time',
      profile: {
        ...none,
        nulls: 0,
        distinct: 86_382,
        min: '2001-01-01T00:01:00Z',
        max: '2001-05-13T23:59:00Z',
        histogram: {
          edges: [978307200000, 984000000000, 989797200000],
          counts: [1000, 1000],
        },
      },
    },
    {
      name: 'origin',
      type: 'str',
      role: 'entity',
      profile: {
        ...none,
        nulls: 0,
        distinct: 224,
        approximate: true,
        top: [
          { value: 'ORD', count: 700 },
          { value: 'DFW', count: 500 },
        ],
        other: 800,
      },
    },
    {
      name: 'weather',
      type: 'str',
      role: 'feature',
      change: 'added',
      profile: { ...none, nulls: null, distinct: null },
    },
  ];
}

export function datasetVersion(id: string): DatasetVersionDetail {
  const [may, march] = datasetVersions();
  const first = id === march.id;
  return {
    ...(first ? march : may),
    schema: first
      ? datasetColumns()
          .slice(0, 3)
          .map(({ change, before, ...column }) => column)
      : datasetColumns(),
    previous: first ? undefined : march.id,
    ignored: first
      ? []
      : [
          {
            field: 'mlops_profile.columns.3.histogram',
            reason: 'needs one count less than edges',
          },
        ],
    trained: first
      ? []
      : [{ model: 'flight-delay', version: 6, aliases: ['challenger'] }],
  };
}

export function datasets(): Dataset[] {
  const [may] = datasetVersions();
  return [
    {
      name: 'spark-weather-data',
      title: 'weather',
      owner: '',
      source: { platform: 'spark', uri: 's3://lake/weather' },
      freshness: { state: 'stale', by: 'age', due: hoursAgo(900) },
      versions: 1,
      lastVersion: {
        ...may,
        id: 'v-weather',
        source: 's3://lake/weather',
        window: { from: null, to: null, rows: null },
        lastSeen: hoursAgo(2000),
      },
      usedBy: [{ kind: 'pipeline', name: 'spark-weather' }],
    },
    {
      name: 'airports',
      title: 'Airports',
      owner: 'group:default/air',
      entityRef: 'mldataset:default/airports',
      source: { platform: 'file', uri: '/data/airports.csv' },
      freshness: { state: 'no-data', by: 'age' },
      versions: 0,
      usedBy: [],
    },
    {
      name: 'flight-delay-data',
      title: 'flight-delay-data',
      owner: 'group:default/air',
      entityRef: 'mldataset:default/flight-delay-data',
      lifecycle: 'experimental',
      source: { platform: 'file', uri: '/data/flights.parquet' },
      classification: 'internal',
      personalData: false,
      freshness: { state: 'fresh', by: 'schedule', due: hoursAgo(-50) },
      versions: 2,
      lastVersion: may,
      usedBy: [
        { kind: 'pipeline', name: 'flight-delay' },
        { kind: 'model', name: 'flight-delay' },
      ],
    },
  ];
}

export function datasetComparison(): DatasetComparison {
  const [after, before] = datasetVersions();
  const column: ColumnComparison = {
    name: 'delay',
    types: ['int64', 'double'],
    change: 'type',
    nulls: [0, 0.01],
    distinct: [600, 688],
    min: [-44, -44],
    max: [900, 1433],
    mean: [8.1, 7.2],
    psi: 0.31,
    noise: 0.001,
    verdict: 'drift',
    cells: {
      labels: ['-44 - 0', '0 - 15', '15 - 1433', 'missing'],
      before: [0.6, 0.3, 0.1, 0],
      after: [0.45, 0.4, 0.14, 0.01],
      estimated: true,
    },
  };
  return {
    before,
    after,
    sameDigest: true,
    columns: [
      column,
      {
        ...column,
        name: 'weather',
        types: [null, 'str'],
        change: 'added',
        psi: null,
        noise: null,
        verdict: 'unknown',
        why: 'no-profile',
        cells: undefined,
      },
      {
        ...column,
        name: 'origin',
        types: ['str', 'str'],
        change: undefined,
        psi: 0.0004,
        verdict: 'well',
        cells: undefined,
      },
    ],
  };
}

/** Answers about the data and the features of the story. */
export function datasetAnswers(): Answers {
  const page = <T>(items: T[]) => ({ items, total: items.length });
  return {
    listDatasets: ({ query }) =>
      page(
        datasets().filter(
          d =>
            d.name.includes(query.q ?? '') &&
            (!query.state || d.freshness.state === query.state),
        ),
      ),
    getDataset: ({ params }) =>
      datasets().find(({ name }) => name === params.name) ?? {
        ...datasets()[2],
        name: params.name,
      },
    listDatasetVersions: ({ params }) =>
      page(params.name === 'airports' ? [] : datasetVersions()),
    getDatasetVersion: ({ params }) => datasetVersion(params.version),
    compareDatasetVersions: () => datasetComparison(),
    listFeatureViews: () => page(featureViews()),
    getFeatureView: () => featureView(),
  };
}
