import { VersionDetail } from '@mlops-portal/plugin-mlops-common';
import { sliceRows } from './sliceRows';

const version = (
  slices: Array<[string, number | null, number]>,
): VersionDetail =>
  ({
    primary: { name: 'accuracy', value: 0.8 },
    plots: {},
    slices: slices.map(([value, metric, n]) => ({
      column: 'origin',
      value,
      n,
      metric,
      baseline: 0.5,
    })),
  } as unknown as VersionDetail);

describe('sliceRows', () => {
  it('puts the slices of versions side by side and keeps the place of what one lacks', () => {
    const rows = sliceRows([
      version([
        ['ORD', 0.8, 400],
        ['JFK', null, 3],
      ]),
      version([
        ['ORD', 0.7, 500],
        ['ATL', 0.6, 20],
      ]),
    ]);
    expect(rows.map(r => [r.name, r.marks.map(m => m?.value)])).toEqual([
      ['origin ORD', [0.8, 0.7]],
      ['origin ATL', [undefined, 0.6]],
    ]);
    expect(rows[0].marks[0]!.half).toBeCloseTo(0.0392, 4);
    expect(rows[0].baseline).toBe(0.5);
  });
});
