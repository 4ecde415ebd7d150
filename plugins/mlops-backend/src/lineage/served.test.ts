import { Knex } from 'knex';
import { eachDatabase } from '../database/__testUtils__/eachDatabase';
import { registryLineage } from '../registry/registryLineage';
import { TrafficChanged } from '../registry/TrafficService';
import { GraphStore } from './GraphStore';
import { servedSpans } from './served';
import { walk } from './walk';

jest.setTimeout(60_000);

const endpoint = 'flight-delay';
const day = (n: number) => `2026-03-0${n}T08:00:00.000Z`;

type Change = TrafficChanged['changes'][number];
const change = (
  at: string,
  what: string,
  actor: string,
  changes: Change[],
): TrafficChanged => ({
  model: endpoint,
  endpoint,
  at,
  what,
  actor,
  reason: `because of ${what}`,
  changes,
});
const share = (version: number, from: number, to: number): Change => ({
  version,
  revision: `rev-${version}`,
  from,
  to,
});

/** v1 is deployed, v2 becomes a canary, is promoted, and rolled back. */
const story = [
  change(day(1), 'deploy', 'user:default/ann', [share(1, 0, 100)]),
  change(day(3), 'canary', 'policy', [share(1, 100, 90), share(2, 0, 10)]),
  change(day(5), 'promote', 'user:default/bo', [
    share(1, 90, 0),
    share(2, 10, 100),
  ]),
  change(day(7), 'rollback', 'user:default/cy', [
    { version: 2, from: 100, to: 0 },
    share(1, 0, 100),
  ]),
];

async function told(knex: Knex, changes: TrafficChanged[] = story) {
  const graph = new GraphStore(knex);
  const { onTraffic } = registryLineage(graph);
  for (const each of changes) await onTraffic(each);
  for (const version of [1, 2]) {
    const from = `version:${endpoint}/${version}`;
    const edges: Array<[string, string, string]> = [
      [from, `run:r${version}`, 'madeBy'],
      [`run:r${version}`, `commit:c${version}`, 'ran'],
      [`run:r${version}`, `data:d${version}`, 'read'],
    ];
    for (const [source, to, kind] of edges)
      await graph.addEdge({ from: source, to, kind, validFrom: day(1) });
  }
  return graph;
}

describe('what an endpoint served', () => {
  eachDatabase(open => {
    it.each([
      [day(2), ['rev-1'], ['c1'], ['d1']],
      [day(4), ['rev-1', 'rev-2'], ['c1', 'c2'], ['d1', 'd2']],
      [day(6), ['rev-2'], ['c2'], ['d2']],
      [day(8), ['rev-1'], ['c1'], ['d1']],
    ])(
      'is one question to the graph: on %s %j from %j and %j',
      async (asOf, revisions, commits, data) => {
        const graph = await told(await open());
        const { nodes } = await walk(graph, {
          node: `endpoint:${endpoint}`,
          direction: 'back',
          depth: 5,
          maxNodes: 100,
          asOf,
        });
        const named = (kind: string) =>
          nodes
            .filter(node => node.kind === kind)
            .map(node => node.id.slice(kind.length + 1))
            .sort();
        expect(named('revision')).toEqual(revisions);
        expect(named('commit')).toEqual(commits);
        expect(named('data')).toEqual(data);
      },
    );

    it('is listed with share, time, actor and act', async () => {
      const graph = await told(await open());
      const spans = await servedSpans(graph, endpoint);
      expect(
        spans.map(s => [s.version, s.percent, s.from, s.to, s.act]),
      ).toEqual([
        [1, 100, day(1), day(3), 'deploy'],
        [1, 90, day(3), day(5), 'canary'],
        [2, 10, day(3), day(5), 'canary'],
        [2, 100, day(5), day(7), 'promote'],
        [1, 100, day(7), null, 'rollback'],
      ]);
      expect(spans.at(-1)).toMatchObject({
        revision: 'rev-1',
        actor: 'user:default/cy',
        reason: 'because of rollback',
      });
    });

    it('is the same when everything is told twice, in the end even out of turn', async () => {
      const knex = await open();
      const graph = await told(knex, [...story, ...story.slice(1)]);
      const again = await servedSpans(graph, endpoint);
      expect(again.map(s => [s.version, s.percent, s.from, s.to])).toEqual([
        [1, 100, day(1), day(3)],
        [1, 90, day(3), day(5)],
        [2, 10, day(3), day(5)],
        [2, 100, day(5), day(7)],
        [1, 100, day(7), null],
      ]);
    });

    it('says who put a revision into traffic', async () => {
      const graph = await told(await open());
      const nodes = await graph.nodes(['revision:rev-2']);
      expect(nodes.get('revision:rev-2')).toMatchObject({
        kind: 'revision',
        title: 'v2 on flight-delay',
        facts: { deployedBy: 'policy', deployedAt: day(3), version: 2 },
      });
    });

    it('is read from the versions where revisions were not recorded', async () => {
      const graph = new GraphStore(await open());
      await graph.addEdge({
        from: `endpoint:${endpoint}`,
        to: `version:${endpoint}/7`,
        kind: 'answeredBy',
        validFrom: day(1),
      });
      expect(await servedSpans(graph, endpoint)).toEqual([
        { model: endpoint, version: 7, from: day(1), to: null },
      ]);
    });
  });
});
