import { allRows, exportRows, MOST_EXPORTED } from './allRows';

/** A list of `total` numbers, paged. */
const list = (total: number) => {
  const asked: number[] = [];
  const load = async ({ limit, offset }: { limit: number; offset: number }) => {
    asked.push(offset);
    const n = Math.max(0, Math.min(limit, total - offset));
    return { items: Array.from({ length: n }, (_, i) => offset + i), total };
  };
  return { asked, load };
};

describe('allRows', () => {
  it('asks page after page until it has them all', async () => {
    const { asked, load } = list(450);
    expect(await allRows(load)).toHaveLength(450);
    expect(asked).toEqual([0, 200, 400]);
  });

  it('stops at the most that is exported', async () => {
    expect(await allRows(list(25_000).load)).toHaveLength(MOST_EXPORTED);
  });

  it('asks once for an empty list', async () => {
    const { asked, load } = list(0);
    expect(await allRows(load)).toEqual([]);
    expect(asked).toEqual([0]);
  });
});

describe('exportRows', () => {
  it('writes the titles and the cells of the columns that have a value for it', async () => {
    const { cells } = await exportRows(list(2).load, [
      { title: 'Number', csv: n => n },
      { title: 'Picture' },
      { title: 'Odd', csv: n => (n % 2 ? 'yes' : null) },
    ]);
    expect(cells).toEqual([
      ['Number', 'Odd'],
      ['0', ''],
      ['1', 'yes'],
    ]);
  });
});
