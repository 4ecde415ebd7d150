import { VersionDetail } from '@mlops-portal/plugin-mlops-common';
import { compare } from './compare';

const version = (changes: Partial<VersionDetail>): VersionDetail =>
  ({
    version: 1,
    metrics: {},
    parameters: {},
    commit: 'a',
    dataVersion: 'd',
    test: { from: '2001-02-22', to: '2001-03-01', rows: 100 },
    ...changes,
  } as VersionDetail);

describe('compare', () => {
  it('puts the largest difference first and says which is better', () => {
    const { metrics } = compare([
      version({ metrics: { roc_auc: 0.7, log_loss: 0.4, accuracy: 0.8 } }),
      version({ metrics: { roc_auc: 0.71, log_loss: 0.2, accuracy: 0.8 } }),
    ]);
    expect(metrics.map(({ name, better }) => [name, better])).toEqual([
      ['log_loss', 1],
      ['roc_auc', 1],
      ['accuracy', null],
    ]);
  });

  it('leaves a metric that one version lacks undecided', () => {
    const { metrics } = compare([
      version({ metrics: { roc_auc: 0.7 } }),
      version({}),
    ]);
    expect(metrics).toMatchObject([{ values: [0.7, null], better: null }]);
  });

  it('puts parameters that differ first', () => {
    const { parameters } = compare([
      version({ parameters: { depth: 3, trees: 50 } }),
      version({ parameters: { depth: 3, trees: 80 } }),
    ]);
    expect(parameters).toEqual([
      { name: 'trees', values: [50, 80], differs: true },
      { name: 'depth', values: [3, 3], differs: false },
    ]);
  });

  it('tells whether the versions were tested on the same rows, from the same code and data', () => {
    expect(compare([version({}), version({})])).toMatchObject({
      sameTestWindow: true,
      sameCommit: true,
      sameData: true,
    });
    const other = version({
      commit: 'b',
      dataVersion: undefined,
      test: { from: '2001-03-01', to: '2001-03-08', rows: 90 },
    });
    expect(compare([version({}), other])).toMatchObject({
      sameTestWindow: false,
      sameCommit: false,
      sameData: false,
    });
    expect(compare([other, other]).sameData).toBe(false);
  });
});
