import { freshnessOf } from './freshness';

const read = '2026-11-02T12:00:00Z'; // a Monday
const at = (time: string) => new Date(time);
const weekly = '0 6 * * 1';

describe('freshnessOf', () => {
  it.each([
    ['2026-11-09T06:30:00Z', 'fresh'],
    ['2026-11-09T07:30:00Z', 'late'],
    ['2026-11-16T06:30:00Z', 'late'],
    ['2026-11-16T07:30:00Z', 'stale'],
  ])('by the weekly schedule of its reader at %s is %s', (now, state) => {
    expect(freshnessOf(read, ['', weekly], at(now))).toEqual({
      state,
      by: 'schedule',
      due: '2026-11-09T07:00:00.000Z',
    });
  });

  it('goes by the reader that is due first', () => {
    const daily = freshnessOf(read, [weekly, '0 6 * * *'], at(read));
    expect(daily.due).toBe('2026-11-03T07:00:00.000Z');
  });

  it.each([
    ['2026-12-01T00:00:00Z', 'fresh'],
    ['2026-12-10T00:00:00Z', 'late'],
    ['2027-02-10T00:00:00Z', 'stale'],
  ])('by its age alone at %s is %s', (now, state) => {
    const found = freshnessOf(read, [''], at(now));
    expect(found).toMatchObject({ state, by: 'age' });
  });

  it('takes a schedule that cannot be read for none', () => {
    expect(freshnessOf(read, ['whenever'], at(read)).by).toBe('age');
  });

  it('has no data where nothing was read', () => {
    expect(freshnessOf(undefined, [weekly], at(read))).toEqual({
      state: 'no-data',
      by: 'age',
    });
  });
});
