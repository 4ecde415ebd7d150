import { ProblemDetail } from '@mlops-portal/plugin-mlops-common';
import { hoursAgo } from './time';

export function loop(): ProblemDetail['loop'] {
  return [
    {
      station: 'data',
      title: 'flights',
      state: 'fresh',
      figure: { value: 2192318, unit: 'rows' },
      facts: [
        {
          key: 'window',
          values: { from: '2001-01-01', to: '2001-05-13' },
        },
        { key: 'digest', values: { digest: '9f3c61aa' } },
      ],
      at: hoursAgo(3),
      link: '/ml/datasets/flight-delay-data',
    },
    {
      station: 'features',
      title: 'flight-delay',
      state: 'fresh',
      figure: { value: 10, unit: 'features' },
      facts: [{ key: 'numbers-texts', values: { numbers: 7, texts: 3 } }],
      at: hoursAgo(3),
      link: '/ml/feature-views/flight-delay-features',
    },
    {
      station: 'pipeline',
      title: 'flight-delay',
      state: 'succeeded',
      figure: { value: 252, unit: 'seconds' },
      facts: [
        { key: 'run', values: { number: 47, trigger: 'alert' } },
        { key: 'usually', values: { seconds: 245 } },
      ],
      at: hoursAgo(3.42),
      link: '/ml/runs/run-47',
    },
    {
      station: 'version',
      title: 'flight-delay v6',
      state: 'waiting',
      figure: { value: 0.721, unit: 'roc_auc' },
      facts: [
        { key: 'against-champion', values: { difference: 0.017, version: 4 } },
        { key: 'n', values: { n: 112830 } },
      ],
      at: hoursAgo(3.42),
      link: '/ml/models/flight-delay/versions/6',
    },
    {
      station: 'endpoint',
      title: 'flight-delay',
      state: 'canary',
      figure: { value: 15840, unit: 'requests' },
      facts: [
        { key: 'traffic', values: { traffic: 'v4 90%, v6 10%' } },
        { key: 'latency', values: { p95: 11 } },
        { key: 'errors', values: { share: 0.0001 } },
      ],
      at: hoursAgo(1.47),
      link: '/ml/endpoints/flight-delay',
    },
    {
      station: 'monitoring',
      title: 'prev_delay_origin',
      state: 'drift',
      figure: { value: 0.35, unit: 'psi' },
      facts: [
        { key: 'limit-floor', values: { limit: 0.2, floor: 0.09 } },
        {
          key: 'week',
          values: { window: '2001-05-07', n: 115842 },
        },
      ],
      at: hoursAgo(2),
      link: '/ml/endpoints/flight-delay/monitoring',
    },
  ];
}
