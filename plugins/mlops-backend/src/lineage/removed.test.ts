import { eachDatabase } from '../database/__testUtils__/eachDatabase';
import { GraphStore } from './GraphStore';
import { walk } from './walk';

jest.setTimeout(60_000);

describe('lineage of a problem that was taken back', () => {
  eachDatabase(open => {
    const made = '2026-01-01T00:00:00.000Z';
    const removed = '2026-02-01T00:00:00.000Z';

    async function graphOf(problems: string[]) {
      const graph = new GraphStore(await open());
      for (const name of problems) {
        const version = `version:${name}/1`;
        const node = (kind: string, id: string) =>
          graph.putNode({ id, kind, title: id, facts: { digest: 'abc' } });
        await node('problem', `problem:${name}`);
        await node('version', version);
        await node('run', `run:${name}`);
        const edge = { from: version, validFrom: made };
        await graph.addEdge({ ...edge, to: `run:${name}`, kind: 'madeBy' });
        await graph.addEdge({
          ...edge,
          to: `problem:${name}`,
          kind: 'solves',
        });
      }
      return graph;
    }
    const around = async (graph: GraphStore, node: string, asOf: string) =>
      walk(graph, { node, direction: 'back', depth: 3, maxNodes: 10, asOf });

    it('stays traceable at any time, and says when it was taken back', async () => {
      const graph = await graphOf(['late']);
      await graph.markRemoved('late', removed);
      for (const asOf of ['2026-01-15T00:00:00Z', '2026-03-01T00:00:00Z']) {
        const { nodes, edges } = await around(graph, 'version:late/1', asOf);
        expect(edges.map(({ to }) => to).sort()).toEqual([
          'problem:late',
          'run:late',
        ]);
        const version = nodes.find(({ focus }) => focus);
        expect(version?.facts).toEqual({ digest: 'abc', removed });
      }
    });

    it('leaves problems alone whose names begin alike', async () => {
      const names = ['late', 'late-2', 'late_', 'later', 'l%'];
      const graph = await graphOf(names);
      await graph.markRemoved('late', removed);
      await graph.markRemoved('l%', removed);
      const ids = names.flatMap(name => [
        `problem:${name}`,
        `version:${name}/1`,
      ]);
      const nodes = await graph.nodes(ids);
      expect(ids.filter(id => nodes.get(id)?.facts.removed)).toEqual([
        'problem:late',
        'version:late/1',
        'problem:l%',
        'version:l%/1',
      ]);
    });

    it('keeps the first time, until one of that name is made again', async () => {
      const graph = await graphOf(['late']);
      const problem = async () =>
        (await graph.nodes(['problem:late'])).get('problem:late')?.facts;
      await graph.markRemoved('late', removed);
      await graph.markRemoved('late', '2026-05-01T00:00:00.000Z');
      expect(await problem()).toMatchObject({ removed });
      await graph.putNode({
        id: 'problem:late',
        kind: 'problem',
        title: 'late',
        facts: {},
      });
      expect(await problem()).toEqual({});
    });
  });
});
