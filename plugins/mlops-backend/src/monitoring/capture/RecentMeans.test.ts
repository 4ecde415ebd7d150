import { RecentMeans } from './RecentMeans';

describe('RecentMeans', () => {
  it('gives count and mean by version since a minute', () => {
    const recent = new RecentMeans();
    recent.add('flights', 1, '2026-01-01T10:00:30.000Z', 0.9);
    for (const p of [0.2, 0.4, null])
      recent.add('flights', 1, '2026-01-01T10:05:00.000Z', p);
    recent.add('flights', 2, '2026-01-01T10:06:00.000Z', null);
    recent.add('other', 1, '2026-01-01T10:06:00.000Z', 0.5);
    expect(recent.since('flights', '2026-01-01T10:01:00Z')).toEqual([
      { version: 1, n: 3, mean: expect.closeTo(0.3, 9) },
      { version: 2, n: 1, mean: null },
    ]);
  });

  it('forgets versions that have not answered for more than a day once another one begins', () => {
    const recent = new RecentMeans();
    const all = () =>
      recent.since('flights', '2026-01-01T00:00:00Z').map(each => each.version);
    recent.add('flights', 1, '2026-01-01T10:00:00.000Z', 0.5);
    recent.add('flights', 2, '2026-01-02T10:00:00.000Z', 0.5);
    expect(all()).toEqual([1, 2]);
    recent.add('flights', 3, '2026-01-02T13:00:00.000Z', 0.5);
    expect(all()).toEqual([2, 3]);
  });
});
