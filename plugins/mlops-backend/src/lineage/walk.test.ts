import { Knex } from 'knex';
import { eachDatabase } from '../database/__testUtils__/eachDatabase';
import { GraphStore } from './GraphStore';
import { walk, WalkRequest } from './walk';

jest.setTimeout(60_000);

const since = '2026-01-01T00:00:00.000Z';

async function graphOf(knex: Knex, edges: Array<[string, string]>) {
  const graph = new GraphStore(knex);
  for (const [from, to] of edges) {
    await graph.addEdge({ from, to, kind: 'from', validFrom: since });
  }
  const ask = async (changes: Partial<WalkRequest> & { node: string }) => {
    const found = await walk(graph, {
      direction: 'both',
      depth: 5,
      maxNodes: 100,
      asOf: null,
      ...changes,
    });
    return { ...found, ids: found.nodes.map(({ id }) => id).sort() };
  };
  return { graph, ask };
}

const chain: Array<[string, string]> = [
  ['endpoint:e', 'version:m/1'],
  ['version:m/1', 'run:r'],
  ['run:r', 'commit:c'],
  ['run:r', 'data:d'],
  ['version:m/2', 'run:s'],
  ['run:s', 'data:d'],
];

describe('lineage', () => {
  eachDatabase(open => {
    it('answers in both directions', async () => {
      const { ask } = await graphOf(await open(), chain);
      const back = await ask({ node: 'endpoint:e', direction: 'back' });
      expect(back.ids).toEqual([
        'commit:c',
        'data:d',
        'endpoint:e',
        'run:r',
        'version:m/1',
      ]);
      expect(back.edges).toHaveLength(4);
      const forward = await ask({ node: 'data:d', direction: 'forward' });
      expect(forward.ids).toEqual([
        'data:d',
        'endpoint:e',
        'run:r',
        'run:s',
        'version:m/1',
        'version:m/2',
      ]);
      const both = await ask({ node: 'run:r' });
      expect(both.ids).toEqual([
        'commit:c',
        'data:d',
        'endpoint:e',
        'run:r',
        'version:m/1',
      ]);
      expect(both.nodes.find(node => node.focus)?.id).toBe('run:r');
      expect(both.cut).toEqual([]);
    });

    it('says where it was cut by depth', async () => {
      const { ask } = await graphOf(await open(), chain);
      const near = await ask({
        node: 'endpoint:e',
        direction: 'back',
        depth: 2,
      });
      expect(near.ids).toEqual(['endpoint:e', 'run:r', 'version:m/1']);
      expect(near.cut).toEqual(['run:r']);
    });

    it('says where it was cut by the number of nodes', async () => {
      const wide = Array.from({ length: 30 }, (_, i): [string, string] => [
        `run:${i}`,
        'data:d',
      ]);
      const { ask } = await graphOf(await open(), wide);
      const some = await ask({ node: 'data:d', maxNodes: 10 });
      expect(some.ids).toHaveLength(10);
      expect(some.cut).toEqual(['data:d']);
      const ends = new Set(some.ids);
      expect(some.edges.every(e => ends.has(e.from) && ends.has(e.to))).toBe(
        true,
      );
    });

    it('comes to an end in a circle', async () => {
      const { ask } = await graphOf(await open(), [
        ['a:1', 'b:1'],
        ['b:1', 'a:1'],
      ]);
      expect((await ask({ node: 'a:1' })).ids).toEqual(['a:1', 'b:1']);
    });

    it('tells what was so at a time', async () => {
      const { graph, ask } = await graphOf(await open(), []);
      const edge = (version: number) => ({
        from: 'endpoint:e',
        to: `version:m/${version}`,
        kind: 'answeredBy',
      });
      await graph.addEdge({ ...edge(1), validFrom: '2026-03-01T00:00:00Z' });
      await graph.endEdge({ ...edge(1), validTo: '2026-04-01T00:00:00Z' });
      await graph.addEdge({ ...edge(2), validFrom: '2026-04-01T00:00:00Z' });
      const at = async (asOf: string) =>
        (await ask({ node: 'endpoint:e', asOf })).ids.slice(1);
      expect(await at('2026-02-01T00:00:00.000Z')).toEqual([]);
      expect(await at('2026-03-15T00:00:00.000Z')).toEqual(['version:m/1']);
      expect(await at('2026-04-01T00:00:00.000Z')).toEqual(['version:m/2']);
      await graph.endEdge({ ...edge(2), validTo: '2026-05-01T00:00:00Z' });
      await graph.addEdge({ ...edge(1), validFrom: '2026-05-01T00:00:00Z' });
      expect(await at('2026-06-01T00:00:00.000Z')).toEqual(['version:m/1']);
      expect(await at('2026-03-15T00:00:00.000Z')).toEqual(['version:m/1']);
    });

    it('takes the same edge once, ends it once, and refuses to end what never was', async () => {
      const knex = await open();
      const { graph } = await graphOf(knex, [...chain, ...chain]);
      expect(await knex('lineage_edges')).toHaveLength(chain.length);
      const edge = { from: 'run:r', to: 'commit:c', kind: 'from' };
      await graph.endEdge({ ...edge, validTo: '2026-02-01T00:00:00Z' });
      await graph.endEdge({ ...edge, validTo: '2026-03-01T00:00:00Z' });
      const [row] = await knex('lineage_edges').where(edge);
      expect(row.valid_to).toBe('2026-02-01T00:00:00.000Z');
      const never = graph.endEdge({ ...edge, to: 'commit:x', validTo: since });
      await expect(never).rejects.toMatchObject({ name: 'NotFoundError' });
    });

    it('shows facts of nodes, and the name of one that only edges know', async () => {
      const { graph, ask } = await graphOf(await open(), chain);
      await graph.putNode({
        id: 'run:r',
        kind: 'run',
        title: 'first',
        facts: { n: 1 },
      });
      await graph.putNode({
        id: 'run:r',
        kind: 'run',
        title: 'm #1',
        facts: { n: 2 },
      });
      const { nodes } = await ask({ node: 'run:r', depth: 1 });
      expect(nodes.find(({ id }) => id === 'run:r')).toMatchObject({
        title: 'm #1',
        facts: { n: 2 },
      });
      expect(nodes.find(({ id }) => id === 'commit:c')).toMatchObject({
        kind: 'commit',
        title: 'c',
        facts: {},
      });
      expect(await graph.knows('run:r')).toBe(true);
      expect(await graph.knows('run:none')).toBe(false);
    });
  });
});
