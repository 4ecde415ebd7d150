import { DEFAULT_RETENTION, expired, Remains } from './policy';

const NOW = new Date('2026-06-30T12:00:00Z');
const daysAgo = (days: number) => new Date(NOW.getTime() - days * 86_400_000);
const run = (id: string, days?: number, changes: Partial<Remains> = {}) => ({
  id,
  group: 'late',
  bytes: 100,
  endedAt: days === undefined ? undefined : daysAgo(days),
  ...changes,
});
const ids = (all: Remains[], changes = {}) =>
  expired(
    all,
    { ...DEFAULT_RETENTION, days: 10, keepLast: 1, ...changes },
    NOW,
  ).map(({ remains }) => remains.id);

describe('what is no longer kept', () => {
  it('is what ended longer ago than the days that are set, oldest first', () => {
    expect(ids([run('new', 2), run('old', 11), run('older', 40)])).toEqual([
      'older',
      'old',
    ]);
  });

  it('is never one of the newest of its pipeline', () => {
    const all = [run('a', 40), run('b', 50), run('c', 60)];
    expect(ids(all)).toEqual(['c', 'b']);
    expect(ids(all, { keepLast: 2 })).toEqual(['c']);
    expect(ids([run('a', 40), run('b', 50, { group: 'other' })])).toEqual([]);
  });

  it('is never what is at work, however long, and that counts as newest', () => {
    expect(ids([run('at work'), run('old', 40)])).toEqual(['old']);
    expect(ids([run('at work')], { keepLast: 0 })).toEqual([]);
  });

  it('is the oldest until all together take no more than they may', () => {
    const all = [run('a', 2), run('b', 3), run('c', 4), run('d', 5)];
    expect(ids(all, { maxBytes: 250 })).toEqual(['d', 'c']);
    expect(ids(all, { maxBytes: 400 })).toEqual([]);
  });

  it('is nothing of the last day, not even where space is short', () => {
    const all = [run('a', 0.1), run('b', 0.5), run('c', 2)];
    expect(ids(all, { maxBytes: 1, keepLast: 0 })).toEqual(['c']);
  });

  it('says why', () => {
    const [first, second] = expired(
      [run('a', 2), run('b', 3), run('c', 11)],
      { ...DEFAULT_RETENTION, days: 10, keepLast: 1, maxBytes: 100 },
      NOW,
    );
    expect(first.because).toBe('it is kept for 10 days');
    expect(second.because).toBe('all runs together may take 0 MB');
  });
});
