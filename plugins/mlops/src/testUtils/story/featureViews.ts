import {
  FeatureView,
  FeatureViewDetail,
} from '@mlops-portal/plugin-mlops-common';
import { hoursAgo } from './time';

export function featureViews(): FeatureView[] {
  return [
    {
      name: 'flight-delay-features',
      title: 'Flight features',
      owner: 'group:default/air',
      entityRef: 'mlfeatureview:default/flight-delay-features',
      store: {
        platform: 'file',
        project: 'flight-delay',
        name: 'src/features.py',
      },
      joinKeys: ['origin'],
      features: 2,
      readFrom: {
        model: 'flight-delay',
        version: 4,
        champion: true,
        madeAt: hoursAgo(48),
      },
      derivedFrom: ['flight-delay-data'],
      freshness: { state: 'late', by: 'schedule', due: hoursAgo(5) },
      usedBy: [
        { kind: 'model', name: 'flight-delay' },
        { kind: 'endpoint', name: 'flight-delay' },
      ],
    },
  ];
}

export function featureView(): FeatureViewDetail {
  return {
    ...featureViews()[0],
    schema: [
      {
        name: 'recent_delay',
        kind: 'number',
        datatype: 'FP32',
        importance: 0.38,
        sample: 21.3,
        rows: 966_409,
        missing: 0.02,
        range: [-44, 1433],
        histogram: { edges: [-44, 0, 10, 1433], counts: [400, 350, 216] },
        cells: {
          labels: ['<= 0', '0 - 10', '> 10', 'missing'],
          shares: [0.41, 0.36, 0.21, 0.02],
        },
      },
      {
        name: 'origin',
        kind: 'text',
        datatype: 'BYTES',
        column: { dataset: 'flight-delay-data', name: 'origin' },
        importance: 0.08,
        sample: 'SFO',
        rows: 966_409,
        missing: 0,
        categories: 50,
        cells: {
          labels: ['ORD', 'DFW', 'other', 'missing'],
          shares: [0.1, 0.09, 0.81, 0],
        },
      },
    ],
    reference: { from: '2001-01-01', to: '2001-02-28', rows: 966_409 },
    online: { connected: false, reason: 'no-store' },
  };
}
