import { Endpoint } from '@mlops-portal/plugin-mlops-common';
import { attentionOf } from './attention';

const now = new Date('2026-01-05T00:00:00Z');
const of = (observedAt: string) =>
  attentionOf({
    name: 'late',
    alerts: [],
    approvals: [],
    endpoint: {
      name: 'late',
      engine: 'local',
      state: 'answering',
      observedAt,
      revisions: [],
    } as unknown as Endpoint,
    now,
  });

describe('attentionOf', () => {
  it('names an engine that has been silent, with the page that says why', () => {
    expect(of('2026-01-04T23:58:00Z')).toEqual([
      { kind: 'engine', title: 'local', detail: '', link: '/ml/platform' },
    ]);
  });

  it('has nothing to say of an endpoint that answers', () => {
    expect(of('2026-01-04T23:59:58Z')).toEqual([]);
  });
});
