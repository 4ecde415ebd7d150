import { referenceProfileSchema } from '@mlops-portal/plugin-mlops-common';
import { featuresOf } from './featuresOf';

const tensor = (name: string, datatype: string) => ({
  name,
  datatype,
  shape: [-1, 1],
});
const version = {
  signature: {
    task: 'binary',
    classes: [],
    inputs: [
      tensor('distance', 'FP32'),
      tensor('origin', 'BYTES'),
      tensor('new', 'FP32'),
    ],
    sample: { distance: 210, origin: 'ORD' },
  },
  importances: { new: 0.1 },
};
const reference = referenceProfileSchema.parse({
  version: 1,
  rows: 20,
  from: null,
  to: null,
  features: {
    distance: {
      kind: 'number',
      edges: [100],
      range: [1, 500],
      importance: 0.2,
      days: { a: [4, 4, 2, 0, 1], b: [6, 4, 0, 0, 0] },
    },
    origin: {
      kind: 'text',
      categories: ['ORD'],
      importance: 0.7,
      days: { all: [10, 5, 5] },
    },
  },
});

describe('featuresOf', () => {
  it('gives features by importance, with what the reference tells over all of its days', () => {
    const columns = new Map([['distance', 'flight-delay-data']]);
    const [origin, distance, fresh] = featuresOf(version, reference, columns);
    expect(origin).toMatchObject({
      name: 'origin',
      kind: 'text',
      importance: 0.7,
      sample: 'ORD',
      rows: 20,
      missing: 0.25,
      categories: 1,
      cells: { labels: ['ORD', 'other', 'missing'], shares: [0.5, 0.25, 0.25] },
    });
    expect(distance).toMatchObject({
      column: { dataset: 'flight-delay-data', name: 'distance' },
      missing: 0.1,
      range: [1, 500],
      histogram: { edges: [1, 100, 500], counts: [10, 8] },
      cells: { shares: [0.5, 0.4, 0.1] },
    });
    expect(fresh).toMatchObject({ importance: 0.1, rows: null, missing: null });
    expect(fresh.cells).toBe(undefined);
  });

  it('goes by the signature alone where there is no reference', () => {
    const [first, , last] = featuresOf(version, undefined, new Map());
    expect(first.name).toBe('new');
    expect(last).toMatchObject({ kind: 'text', importance: null });
  });
});
