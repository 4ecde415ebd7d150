import { eachDatabase } from '../database/__testUtils__/eachDatabase';
import { AssetIndex, AssetQuery, IndexedAsset } from './AssetIndex';

jest.setTimeout(120_000);

const NOW = new Date('2026-06-15T00:00:00Z');
const day = (date: number) =>
  `2026-06-${String(date).padStart(2, '0')}T00:00:00.000Z`;

function asset(
  name: string,
  changes: Partial<IndexedAsset<{ name: string }>> = {},
): IndexedAsset<{ name: string }> {
  const owner = changes.owner ?? 'group:aero';
  return { name, owner, words: [name, owner], body: { name }, ...changes };
}
const turns = (late: number, stale: number) => ({
  by: 'schedule' as const,
  late: day(late),
  stale: day(stale),
});

describe('AssetIndex', () => {
  eachDatabase(open => {
    const filled = async () => {
      const index = new AssetIndex(await open());
      const all = [
        asset('fresh', { turns: turns(20, 25) }),
        asset('late', { turns: turns(10, 20), owner: 'group:sea' }),
        asset('stale', { turns: turns(3, 9), words: ['Überfahrten 100%'] }),
        asset('staler', { turns: turns(1, 9) }),
        asset('never'),
      ];
      await index.replace('dataset', all, { whole: true });
      return { index, all };
    };
    const namesOf = async (index: AssetIndex, query: Partial<AssetQuery>) => {
      const { items, total } = await index.page<{ name: string }>(
        'dataset',
        { limit: 10, offset: 0, ...query },
        NOW,
      );
      return [total, ...items.map(({ body }) => body.name)];
    };

    it.each<[Partial<AssetQuery>, Array<string | number>]>([
      [{}, [5, 'staler', 'stale', 'late', 'never', 'fresh']],
      [{ limit: 2, offset: 1 }, [5, 'stale', 'late']],
      [{ owner: 'group:sea' }, [1, 'late']],
      [{ state: 'stale' }, [2, 'staler', 'stale']],
      [{ state: 'late' }, [1, 'late']],
      [{ state: 'no-data' }, [1, 'never']],
      [{ state: 'fresh' }, [1, 'fresh']],
      [{ q: 'SEA' }, [1, 'late']],
      [{ q: 'überfahrten' }, [1, 'stale']],
      [{ q: '100%' }, [1, 'stale']],
      [{ q: '_' }, [0]],
      [{ state: 'stale', q: 'staler' }, [1, 'staler']],
    ])(
      'gives the page of %j and counts all that match',
      async (query, want) => {
        const { index } = await filled();
        expect(await namesOf(index, query)).toEqual(want);
      },
    );

    it('tells how fresh each is at the time it is asked', async () => {
      const { index } = await filled();
      const { items } = await index.page(
        'dataset',
        { q: 'fresh', limit: 1, offset: 0 },
        new Date(day(22)),
      );
      expect(items[0].freshness).toEqual({
        state: 'late',
        by: 'schedule',
        due: day(20),
      });
    });

    it('follows what changes and what goes, and keeps kinds apart', async () => {
      const { index, all } = await filled();
      await index.replace('feature-view', [asset('late')], { whole: true });
      const next = [asset('late', { turns: turns(20, 25) }), asset('new')];
      await index.replace('dataset', next, { whole: true });
      expect(await namesOf(index, {})).toEqual([2, 'new', 'late']);
      await index.replace('dataset', all.slice(0, 1), { whole: false });
      expect(await namesOf(index, {})).toEqual([3, 'new', 'fresh', 'late']);
    });

    it('reads no more among ten thousand than among ten', async () => {
      const knex = await open();
      const index = new AssetIndex(knex);
      const many = Array.from({ length: 10_000 }, (_, n) => asset(`a${n}`));
      await index.replace('dataset', many, { whole: true });
      let statements = 0;
      knex.on('query', () => {
        statements += 1;
      });
      expect(await namesOf(index, { q: 'a999', limit: 2 })).toEqual([
        11,
        'a999',
        'a9990',
      ]);
      expect(statements).toBe(2);
      statements = 0;
      await index.replace('dataset', many, { whole: true });
      // Begin, one look, commit: nothing has changed.
      expect(statements).toBeLessThanOrEqual(3);
    });
  });
});
