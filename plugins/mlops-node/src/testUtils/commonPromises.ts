/* eslint-disable jest/no-export, jest/valid-title, jest/no-standalone-expect -- part of the suites that the tests of engines call */
import { CallOptions, Engine } from '../contracts';

export interface CommonPromises {
  engine: () => Engine;
  /** Capabilities of the contract, each with the behaviours of the suite that stand behind it. */
  capabilities: Record<string, string[]>;
  /** Behaviours that are skipped. */
  skips: Record<string, string | undefined>;
  /** Every method of the contract, with good arguments that name nothing the engine knows. */
  strangers: () => Record<string, (options: CallOptions) => Promise<unknown>>;
  /** Methods that take what they do not know without an error. */
  forgiving?: string[];
}

/** What every contract promises alike; called inside the `describe` of a suite. */
export function itKeepsCommonPromises(promises: CommonPromises) {
  const { engine, capabilities, skips, strangers, forgiving = [] } = promises;
  const options = { signal: new AbortController().signal };

  it('is known by an id and a title', () => {
    expect(engine().id).toMatch(/^[a-z][a-z0-9-]*$/);
    expect(engine().title).not.toBe('');
  });

  it('announces what it can do, and only that', async () => {
    const info = await engine().getInfo(options);
    expect(info.version).not.toBe('');
    for (const [capability, behaviours] of Object.entries(capabilities)) {
      expect(info.capabilities).toHaveProperty(capability);
      const can = Boolean(info.capabilities[capability]);
      const skipped = behaviours.filter(behaviour => skips[behaviour]);
      // What is announced is tested; what is not tested is not announced.
      expect({ capability, can, skipped }).toEqual({
        capability,
        can,
        skipped: can ? [] : behaviours,
      });
    }
    for (const { url } of info.links) expect(URL.canParse(url)).toBe(true);
  });

  it('says of what it never heard of that it does not know it', async () => {
    for (const [method, call] of Object.entries(strangers())) {
      const outcome = await call(options).then(
        () => 'taken',
        error => (error as Error).name,
      );
      expect([method, outcome]).toEqual([
        method,
        forgiving.includes(method) ? 'taken' : 'NotFoundError',
      ]);
    }
  }, 60_000);

  it('stops every call when the caller has gone', async () => {
    const signal = AbortSignal.abort(new Error('the caller has gone'));
    const calls = {
      getInfo: (gone: CallOptions) => engine().getInfo(gone),
      ...strangers(),
    };
    for (const [method, call] of Object.entries(calls)) {
      const outcome = await call({ signal }).then(
        () => 'went on',
        error => (error as Error).message,
      );
      expect([method, outcome]).toEqual([method, 'the caller has gone']);
    }
  }, 60_000);
}
