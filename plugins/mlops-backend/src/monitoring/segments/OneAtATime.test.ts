import { OneAtATime } from './OneAtATime';

const { signal } = new AbortController();
const tick = () => new Promise(resolve => setImmediate(resolve));

/** Work that ends when it is told to, and what was begun and given up. */
function bench(kept = 2) {
  const all = new OneAtATime<string>(kept);
  const begun: string[] = [];
  const ended: string[] = [];
  const gates = new Map<string, () => void>();
  const ask = (key: string, by: AbortSignal = signal) =>
    all.get(
      key,
      by,
      whole =>
        new Promise((resolve, reject) => {
          begun.push(key);
          gates.set(key, () => resolve(`${key}!`));
          whole.addEventListener('abort', () => {
            ended.push(key);
            reject(whole.reason);
          });
        }),
    );
  return { ask, begun, ended, finish: (key: string) => gates.get(key)!() };
}

describe('OneAtATime', () => {
  it('works once for all who ask for the same, and one piece of work at a time', async () => {
    const { ask, begun, finish } = bench();
    const asked = [ask('a'), ask('a'), ask('b')];
    await tick();
    expect(begun).toEqual(['a']);
    finish('a');
    expect(await asked[0]).toBe('a!');
    expect(await asked[1]).toBe('a!');
    await tick();
    expect(begun).toEqual(['a', 'b']);
    finish('b');
    expect(await asked[2]).toBe('b!');
  });

  it('remembers the newest answers and no more', async () => {
    const { ask, begun, finish } = bench(2);
    for (const key of ['a', 'b', 'a', 'c', 'a', 'b']) {
      const answer = ask(key);
      await tick();
      if (begun.at(-1) === key) finish(key);
      expect(await answer).toBe(`${key}!`);
    }
    expect(begun).toEqual(['a', 'b', 'c', 'b']);
  });

  it('goes on while somebody waits, gives up when the last has gone, and begins anew for the next', async () => {
    const { ask, begun, ended, finish } = bench();
    const [one, two] = [new AbortController(), new AbortController()];
    const asked = [ask('a', one.signal), ask('a', two.signal)];
    await tick();
    one.abort(new Error('first gone'));
    await expect(asked[0]).rejects.toThrow('first gone');
    expect(ended).toEqual([]);
    two.abort(new Error('second gone'));
    await expect(asked[1]).rejects.toThrow('second gone');
    expect(ended).toEqual(['a']);
    const again = ask('a');
    await tick();
    expect(begun).toEqual(['a', 'a']);
    finish('a');
    expect(await again).toBe('a!');
  });

  it('does not begin what nobody waits for any more, and remembers no failure', async () => {
    const { ask, begun, finish } = bench();
    const first = ask('a');
    const gone = new AbortController();
    const second = ask('b', gone.signal);
    gone.abort(new Error('gone'));
    await expect(second).rejects.toThrow('gone');
    await tick();
    finish('a');
    await first;
    await tick();
    expect(begun).toEqual(['a']);
    await expect(ask('b', gone.signal)).rejects.toThrow('gone');
  });
});
