import { Trace } from '@mlops-portal/plugin-mlops-common';
import { chainOf } from './chain';

const at = (hour: number) => `2026-01-01T0${hour}:00:00.000Z`;
const node = (
  id: string,
  facts: Record<string, string | number> = {},
  redacted = false,
) => ({
  id,
  kind: id.split(':')[0],
  title: id,
  facts,
  focus: false,
  redacted,
});
const trace: Trace = {
  predictionId: 'q/0',
  endpoint: 'e',
  at: at(9),
  version: 2,
  features: {},
  prediction: 0.4,
  label: null,
  lineage: {
    focus: 'prediction:q/0',
    asOf: null,
    nodes: [
      node('commit:c', { message: 'Look at the hour' }),
      node('data:d', { source: '/flights.parquet', rows: 9 }),
      node('version:m/2', { registered: at(2) }),
      node('revision:r', {
        deployedBy: 'user:default/ann',
        deployedAt: at(4),
        reason: 'better',
      }),
      node('approval:a', { decidedBy: 'user:default/bo', decidedAt: at(3) }),
      node('run:1', { actor: 'policy' }),
      node('prediction:q/0', { at: at(9) }),
      node('endpoint:e'),
      node('hidden:1', {}, true),
    ],
    edges: [
      {
        from: 'version:m/2',
        to: 'run:1',
        kind: 'madeBy',
        validFrom: at(1),
        validTo: null,
        recordedAt: at(1),
      },
    ],
    cut: [],
  },
};

describe('chainOf', () => {
  it('leads from the request to the commit, sides after what they belong to', () => {
    expect(chainOf(trace).map(({ kind, branch }) => [kind, branch])).toEqual([
      ['prediction', false],
      ['endpoint', false],
      ['revision', false],
      ['version', false],
      ['approval', true],
      ['run', false],
      ['data', true],
      ['commit', false],
      ['hidden', true],
    ]);
  });

  it('says when, by whom and why', () => {
    const links = new Map(chainOf(trace).map(link => [link.kind, link]));
    expect(links.get('prediction')).toMatchObject({ at: at(9) });
    expect(links.get('revision')).toMatchObject({
      at: at(4),
      actor: 'user:default/ann',
      note: 'better',
    });
    expect(links.get('approval')).toMatchObject({ at: at(3) });
    expect(links.get('run')).toMatchObject({ at: at(1), actor: 'policy' });
    expect(links.get('commit')).toMatchObject({ note: 'Look at the hour' });
    expect(links.get('hidden')).toMatchObject({ redacted: true });
  });
});
