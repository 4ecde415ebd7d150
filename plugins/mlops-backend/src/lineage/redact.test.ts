import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { eachDatabase } from '../database/__testUtils__/eachDatabase';
import { LeaseStore } from '../jobs/LeaseStore';
import { createLineageSlice } from '.';
import { assetOf, isNamed, isOfKind } from './assets';
import { GraphStore } from './GraphStore';

jest.setTimeout(60_000);

const since = '2026-01-01T00:00:00.000Z';
const caller = {
  actor: 'user:default/eve',
  credentials: mockCredentials.user('user:default/eve'),
  signal: new AbortController().signal,
};
const question = (node: string) => ({
  params: {},
  query: {
    node,
    direction: 'both' as const,
    depth: 5,
    maxNodes: 100,
  },
  body: {},
});

/** A policy that denies every object of one kind. */
const denying = (kinds: string[]) =>
  mockServices.permissions.mock({
    authorize: async requests =>
      requests.map(request => {
        const id = (request as { resourceRef?: string }).resourceRef ?? '';
        const denied = isOfKind.apply(assetOf(id), { kinds });
        return {
          result: denied ? AuthorizeResult.DENY : AuthorizeResult.ALLOW,
        };
      }),
  });

describe('redacted lineage', () => {
  eachDatabase(open => {
    async function hub(kinds: string[]) {
      const knex = await open();
      const graph = new GraphStore(knex);
      const edges: Array<[string, string, string]> = [
        ['version:m/1', 'run:r', 'madeBy'],
        ['run:r', 'data:secret', 'read'],
        ['data:secret', 'problem:source', 'from'],
      ];
      for (const [from, to, kind] of edges)
        await graph.addEdge({ from, to, kind, validFrom: since });
      for (const id of ['version:m/1', 'data:secret'])
        await graph.putNode({
          ...assetOf(id),
          title: `title of ${id}`,
          facts: id.startsWith('data') ? { source: '/payroll.csv' } : {},
        });
      const logger = mockServices.logger.mock();
      return createLineageSlice({
        knex,
        logger,
        leases: new LeaseStore(knex),
        permissions: denying(kinds),
        monitoring: {} as never,
        registry: {} as never,
        serving: {} as never,
        consumers: () => [],
      }).handlers;
    }

    it('keeps the place and the edges of a hidden node and tells nothing else of it', async () => {
      const { getLineage } = await hub(['data']);
      const seen = await getLineage(question('version:m/1'), caller);
      expect(seen.nodes).toHaveLength(4);
      const hidden = seen.nodes.filter(node => node.redacted);
      expect(hidden).toEqual([
        {
          id: expect.stringMatching(/^hidden:[0-9a-f]{16}$/),
          kind: 'hidden',
          title: '',
          facts: {},
          focus: false,
          redacted: true,
        },
      ]);
      const around = seen.edges.map(({ from, to }) => [from, to]);
      expect(around).toContainEqual(['run:r', hidden[0].id]);
      expect(around).toContainEqual([hidden[0].id, 'problem:source']);
      expect(JSON.stringify(seen)).not.toMatch(/secret|payroll/);
    });

    it('shows all to whom the policy allows all', async () => {
      const { getLineage } = await hub([]);
      const seen = await getLineage(question('version:m/1'), caller);
      expect(seen.nodes.map(node => node.redacted)).not.toContain(true);
    });

    it('does not start at what may not be read, nor find it', async () => {
      const { getLineage, findLineageNodes } = await hub(['data']);
      await expect(
        getLineage(question('data:secret'), caller),
      ).rejects.toMatchObject({ name: 'NotAllowedError' });
      const find = (q: string) =>
        findLineageNodes(
          { params: {}, query: { q, limit: 20 }, body: {} },
          caller,
        );
      expect(await find('secret')).toEqual({ items: [] });
      expect(await find('M/1')).toEqual({
        items: [
          { id: 'version:m/1', kind: 'version', title: 'title of version:m/1' },
        ],
      });
    });
  });
});

describe('rules for policies', () => {
  it.each([
    ['data:x', ['data:x'], true],
    ['data:xy', ['data:x'], false],
    ['problem:payroll-2', ['problem:payroll*'], true],
    ['problem:pay', ['problem:payroll*'], false],
  ])('%s is named by %j: %s', (id, names, found) => {
    expect(isNamed.apply(assetOf(id), { names })).toBe(found);
  });
});
