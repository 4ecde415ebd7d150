import { QualityPoint } from '@mlops-portal/plugin-mlops-common';
import { qualityInProduction } from './qualityInProduction';

const point = (window: string, labels: number, value: number) =>
  ({
    window,
    value,
    low: value - 0.01,
    high: value + 0.01,
    coverage: 1,
    labels,
  } as QualityPoint);

const version = (number: number, quality: QualityPoint[]) => ({
  version: number,
  assessment: { quality },
});

describe('quality in production', () => {
  it('goes on over a change of version', () => {
    const series = qualityInProduction([
      version(1, [point('2001-04-30', 21000, 0.69)]),
      version(2, [point('2001-05-14', 9000, 0.72)]),
    ]);
    expect(series.map(p => [p.window, p.version, p.value])).toEqual([
      ['2001-04-30', 1, 0.69],
      ['2001-05-14', 2, 0.72],
    ]);
  });

  it('takes of a shared window the version that answered most of it', () => {
    const series = qualityInProduction([
      version(1, [point('2001-05-07', 900, 0.7)]),
      version(2, [point('2001-05-07', 100, 0.9)]),
    ]);
    expect(series).toMatchObject([{ version: 1, n: 900 }]);
  });

  it('is empty before anything was answered', () => {
    expect(qualityInProduction([])).toEqual([]);
  });
});
