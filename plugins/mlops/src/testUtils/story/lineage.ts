import { Lineage } from '@mlops-portal/plugin-mlops-common';
import { Answers } from '../answers';
import { hoursAgo } from './time';

type Node = Lineage['nodes'][number];

function node(id: string, title: string, facts: Node['facts'] = {}): Node {
  return {
    id,
    kind: id.split(':')[0],
    title,
    facts,
    focus: false,
    redacted: false,
  };
}

function edge(from: string, to: string, kind: string) {
  return {
    from,
    to,
    kind,
    validFrom: hoursAgo(48),
    validTo: null,
    recordedAt: hoursAgo(47),
  };
}

/** v4 from its data and commit to its endpoint; one hidden node, one cut. */
export function lineage(focus = 'version:flight-delay/4'): Lineage {
  const nodes = [
    node('version:flight-delay/4', 'flight-delay v4', {
      digest: '5be1'.padEnd(64, '0'),
      registered: hoursAgo(48),
    }),
    node('run:run-31', 'flight-delay #31', { trigger: 'commit' }),
    node('data:41aa07', 'flights', { rows: 972_416, columns: 5 }),
    node('commit:4be91c7aa011', '4be91c7aa011'),
    node('endpoint:flight-delay', 'flight-delay'),
    node('approval:apr-102', 'approved by ben', {
      decidedBy: 'user:default/ben',
      reason: '+0.011 over v3',
    }),
    { ...node('data:secret', 'data:secret'), redacted: true },
  ];
  return {
    focus,
    asOf: null,
    nodes: nodes.map(n => ({ ...n, focus: n.id === focus })),
    edges: [
      edge('version:flight-delay/4', 'run:run-31', 'madeBy'),
      edge('version:flight-delay/4', 'approval:apr-102', 'approvedBy'),
      edge('run:run-31', 'data:41aa07', 'read'),
      edge('run:run-31', 'data:secret', 'read'),
      edge('run:run-31', 'commit:4be91c7aa011', 'ran'),
      edge('endpoint:flight-delay', 'version:flight-delay/4', 'answeredBy'),
    ],
    cut: ['endpoint:flight-delay'],
  };
}

/** Answers about lineage of the story; what is cut leads on to one application. */
export function lineageAnswers(): Answers {
  return {
    getLineage: ({ query }) =>
      query.node === 'endpoint:flight-delay' && query.depth === '2'
        ? {
            focus: query.node,
            asOf: null,
            nodes: [
              node('endpoint:flight-delay', 'flight-delay'),
              node('application:gate-planner', 'gate-planner'),
            ],
            edges: [
              edge(
                'application:gate-planner',
                'endpoint:flight-delay',
                'calls',
              ),
            ],
            cut: [],
          }
        : lineage(),
    findLineageNodes: ({ query }) => ({
      items: lineage()
        .nodes.filter(n => n.id.includes(query.q) && !n.redacted)
        .map(({ id, kind, title }) => ({ id, kind, title })),
    }),
    getServedSpans: () => ({
      items: [
        {
          model: 'flight-delay',
          version: 3,
          revision: 'rev-7',
          percent: 100,
          from: hoursAgo(72),
          to: hoursAgo(48),
          act: 'deploy',
          actor: 'user:default/ann',
          reason: 'first version',
        },
        {
          model: 'flight-delay',
          version: 4,
          revision: 'rev-8',
          percent: 100,
          from: hoursAgo(48),
          to: null,
          act: 'promote',
          actor: 'user:default/ben',
          reason: '+0.011 over v3',
        },
      ],
    }),
    tracePrediction: ({ params }) => ({
      predictionId: params.id,
      endpoint: params.endpoint,
      at: hoursAgo(20),
      eventTime: '2001-05-12T18:00:00Z',
      version: 4,
      revision: 'rev-8',
      features: { distance: 1721, origin: 'ORD', hour: null },
      prediction: 0.41,
      label: null,
      runId: 'run-31',
      commit: '4be91c7aa0112233445566778899aabbccddeeff',
      dataVersion: '41aa07',
      approvedBy: 'user:default/ben',
      lineage: lineage(),
    }),
  };
}
