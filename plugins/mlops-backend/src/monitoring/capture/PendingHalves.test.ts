import { EventHalf } from './events';
import { PendingHalves } from './PendingHalves';

const request = (rows: number) =>
  ({ kind: 'request', rows, features: [{}, {}, {}] } as unknown as EventHalf);
const response = (rows: number) =>
  ({ kind: 'response', rows } as unknown as EventHalf);
const kept = (halves: PendingHalves, keys: string) =>
  [...keys].filter(key => halves.get(key)).join('');

describe('PendingHalves', () => {
  it('lets the oldest go when there are too many', () => {
    const halves = new PendingHalves(2);
    for (const key of 'abc') halves.set(key, response(1));
    expect(kept(halves, 'abc')).toBe('bc');
  });

  it('lets the oldest go when all of them hold too many values', () => {
    const halves = new PendingHalves(100, 1000);
    halves.set('a', request(100));
    halves.set('b', response(500));
    expect(kept(halves, 'ab')).toBe('ab');
    halves.set('c', request(30));
    expect(kept(halves, 'abc')).toBe('bc');
    halves.delete('b');
    halves.set('d', response(800));
    expect(kept(halves, 'abcd')).toBe('cd');
  });

  it('counts a half that comes again once, and keeps the newest however large', () => {
    const halves = new PendingHalves(100, 1000);
    halves.set('a', response(400));
    halves.set('a', response(600));
    halves.set('b', response(400));
    expect(kept(halves, 'ab')).toBe('ab');
    halves.set('c', response(5000));
    expect(kept(halves, 'abc')).toBe('c');
    halves.delete('nobody');
    expect(halves.size).toBe(1);
  });
});
