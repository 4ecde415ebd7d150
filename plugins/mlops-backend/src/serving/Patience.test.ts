import { ConflictError } from '@backstage/errors';
import { Patience } from './Patience';

describe('Patience', () => {
  let now: number;
  let patience: Patience;
  const waits = (error: Error, times: number) =>
    Array.from({ length: times }, () => {
      const { waitMs } = patience.failure('late', error);
      now += waitMs;
      return waitMs / 1000;
    });

  beforeEach(() => {
    now = 0;
    patience = new Patience(() => new Date(now));
  });

  it('waits longer each time, for an engine that is away ten seconds at most', () => {
    expect(waits(new Error('no answer'), 6)).toEqual([1, 2, 4, 8, 10, 10]);
  });

  it('waits up to a minute where the engine refuses', () => {
    const refusal = new ConflictError('another content');
    expect(waits(refusal, 8)).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
  });

  it('tells the same failure once, and another one again', () => {
    const news = (message: string) =>
      patience.failure('late', new Error(message)).news;
    expect(['a', 'a', 'b', 'a'].map(news)).toEqual([true, false, true, true]);
  });

  it('keeps others waiting for nothing, and forgets a failure with the next success', () => {
    patience.failure('late', new Error('no answer'));
    expect(patience.mayTry('late')).toBe(false);
    expect(patience.mayTry('other')).toBe(true);
    now += 1000;
    expect(patience.mayTry('late')).toBe(true);
    patience.failure('late', new Error('no answer'));
    patience.success('late');
    expect(patience.mayTry('late')).toBe(true);
  });
});
