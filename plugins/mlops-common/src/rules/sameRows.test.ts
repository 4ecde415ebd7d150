import { sameRowsMetrics } from './sameRows';

describe('sameRowsMetrics', () => {
  const version = {
    metrics: { accuracy: 0.88, log_loss: 0.34, roc_auc: 0.7, brier: 0.1 },
    champion: { accuracy: 0.88, log_loss: 0.35, roc_auc: 0.68 },
    primary: { name: 'roc_auc' },
  };

  it('puts the metric of the problem first and leaves out what only one has', () => {
    expect(sameRowsMetrics(version).map(m => m.name)).toEqual([
      'roc_auc',
      'accuracy',
      'log_loss',
    ]);
  });

  it('judges by the direction of each metric', () => {
    const better = Object.fromEntries(
      sameRowsMetrics(version).map(m => [m.name, m.better]),
    );
    expect(better).toEqual({ roc_auc: 1, log_loss: 1, accuracy: null });
    const worse = { ...version, champion: { log_loss: 0.3 } };
    expect(sameRowsMetrics(worse)).toEqual([
      {
        name: 'log_loss',
        direction: 'minimize',
        values: [0.3, 0.34],
        better: 0,
      },
    ]);
  });

  it('is empty where no version was in production', () => {
    expect(sameRowsMetrics({ metrics: { mae: 1 }, champion: {} })).toEqual([]);
  });
});
