import { bucketOf, nextTraffic, orderOf } from './traffic';

const share = (revisionId: string, percent: number) => ({
  revisionId,
  percent,
});

describe('orderOf', () => {
  it('chooses by weight and goes on with the largest of the others', () => {
    const traffic = [share('a', 20), share('b', 50), share('c', 30)];
    expect(orderOf(traffic, 0)).toEqual(['a', 'b', 'c']);
    expect(orderOf(traffic, 1999)).toEqual(['a', 'b', 'c']);
    expect(orderOf(traffic, 2000)).toEqual(['b', 'c', 'a']);
    expect(orderOf(traffic, 7000)).toEqual(['c', 'b', 'a']);
    expect(orderOf(traffic, 9999)).toEqual(['c', 'b', 'a']);
  });

  it('never asks a revision without a share', () => {
    expect(orderOf([share('a', 100), share('b', 0)], 9999)).toEqual(['a']);
    expect(orderOf([share('b', 0)], 5)).toEqual([]);
    expect(orderOf([], 5)).toEqual([]);
  });

  it('reaches every revision near its weight over all buckets', () => {
    const traffic = [share('a', 90), share('b', 7.5), share('c', 2.5)];
    const counts: Record<string, number> = {};
    for (let bucket = 0; bucket < 10_000; bucket++) {
      const [first] = orderOf(traffic, bucket);
      counts[first] = (counts[first] ?? 0) + 1;
    }
    expect(counts).toEqual({ a: 9000, b: 750, c: 250 });
  });
});

describe('bucketOf', () => {
  it('is the same for the same id', () => {
    expect(bucketOf('prediction-17')).toBe(bucketOf('prediction-17'));
  });

  it.each([
    ['ids that count up', (i: number) => `${i}`],
    [
      'long ids with the same beginning',
      (i: number) => `replay-2001-04-23-UA-${i}`,
    ],
  ])('spreads %s evenly', (_, idOf) => {
    const cells = new Array(10).fill(0);
    for (let i = 0; i < 20_000; i++) {
      cells[Math.floor(bucketOf(idOf(i)) / 1000)] += 1;
    }
    // Chi-square with 9 degrees of freedom stays below 27.9 in 999 of 1000 cases.
    const chi = cells.reduce((sum, n) => sum + (n - 2000) ** 2 / 2000, 0);
    expect(chi).toBeLessThan(27.9);
  });
});

describe('nextTraffic', () => {
  const old = [share('a', 100)];
  const wanted = [share('a', 0), share('b', 100)];

  it('stays while a revision with a share does not answer', () => {
    expect(
      nextTraffic({ wanted, current: old, isAnswering: id => id === 'a' }),
    ).toBe(old);
  });

  it('moves once all with a share answer, whatever those without do', () => {
    expect(
      nextTraffic({ wanted, current: old, isAnswering: id => id === 'b' }),
    ).toBe(wanted);
  });

  it('takes what is wanted where there was nothing', () => {
    for (const current of [[], [share('a', 0)]]) {
      expect(nextTraffic({ wanted, current, isAnswering: () => false })).toBe(
        wanted,
      );
    }
  });
});
