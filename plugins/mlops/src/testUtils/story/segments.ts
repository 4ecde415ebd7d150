import { FeatureSegments, Segment } from '@mlops-portal/plugin-mlops-common';

const segment = (
  label: string,
  predictions: number,
  value: number | null,
  change: Partial<Segment> = {},
): Segment => ({
  label,
  kind: 'word',
  predictions,
  share: predictions / 21_000,
  labels: value === null ? 0 : Math.round(predictions * 0.9),
  coverage: value === null ? 0 : 0.9,
  metric: 'roc_auc',
  value,
  low: value && value - 0.02,
  high: value && value + 0.02,
  standing: value === null ? 'no-labels' : 'like-others',
  ...change,
});

/** Airports in one week of the story: one where the model is surely worse, one of which too little is known. */
export function featureSegments(
  change: Partial<FeatureSegments> = {},
): FeatureSegments {
  const segments = [
    segment('ORD', 6000, 0.61, { standing: 'worse' }),
    segment('ATL', 5000, 0.68),
    segment('فرودگاه', 3000, 0.69, { isNew: true }),
    segment('DFW', 2500, 0.7),
    segment('', 1500, 0.71, { kind: 'other' }),
    segment('LAX', 1200, 0.12, {
      metric: 'error_rate',
      standing: 'like-others',
      low: 0.1,
      high: 0.14,
    }),
    segment('GST', 20, 0.2, {
      metric: 'error_rate',
      standing: 'few-labels',
      low: null,
      high: null,
    }),
    segment('', 780, null, { kind: 'missing' }),
    segment('JFK', 1000, 0.75, { standing: 'better' }),
  ];
  return {
    feature: 'origin',
    kind: 'text',
    window: '2001-05-07',
    version: 4,
    metric: { name: 'roc_auc', direction: 'maximize', primary: true },
    typical: 0.68,
    predictions: 21_000,
    labels: 18_198,
    days: 7,
    removedDays: 0,
    segments,
    ...change,
  };
}
