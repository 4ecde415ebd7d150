import { Approval } from '@mlops-portal/plugin-mlops-common';
import { hoursAgo } from './time';

export function approvals(): Approval[] {
  return [
    {
      id: 'apr-118',
      model: 'flight-delay',
      version: 6,
      endpoint: 'flight-delay',
      state: 'waiting',
      riskClass: 'limited',
      requestedBy: 'user:default/ann',
      requestedAt: hoursAgo(1),
      reason: 'v4 is calibrated for winter; v6 fixes it, numbers below',
      exception: false,
      fourEyesWaived: false,
      metric: { name: 'roc_auc', value: 0.721, champion: 0.704 },
      conditions: [
        {
          condition: 'better than production on the same rows',
          state: 'met',
          detail: 'AUC +0.017, 95% interval 0.012 to 0.022, n = 112,830',
        },
        {
          condition: 'no slice worse by more than 0.01',
          state: 'met',
          detail: '7 of 7 slices with n over 1,000',
        },
        {
          condition: 'digest of the artefact checked',
          state: 'met',
          detail: 'sha256 c07e…91',
        },
        {
          condition: 'signature as in production',
          state: 'met',
          detail: '10 inputs, 2 outputs',
        },
        {
          condition: 'requester and approver differ',
          state: 'met',
          detail: '',
        },
        {
          condition: 'canary of 24 h at 10% or more',
          state: 'not-met',
          detail: '1 h 28 min so far',
        },
        {
          condition: 'AUC of the canary against v4',
          state: 'unknown',
          detail: 'no labels yet; the first come tomorrow at 05:00',
        },
      ],
    },
  ];
}
