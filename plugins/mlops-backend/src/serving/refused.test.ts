import { servingHub as hub } from './__testUtils__/servingHub';

describe('an endpoint that its engine refuses', () => {
  /** As in a copied data folder: the artefacts lie elsewhere than when the engine was told of them. */
  const refused = async () => {
    const made = await hub('minimal');
    await made.inProduction(1);
    made.versions.set(1, {
      artifact: { uri: '/elsewhere', sha256: 'a'.repeat(64), format: 'onnx' },
    } as never);
    made.engine.attempts = 0;
    return made;
  };

  it('says why, and goes on to show what the engine says', async () => {
    const { rounds, get, engine } = await refused();
    engine.versions.set('1', { requests: 7 });
    await rounds(2);
    const endpoint = await get();
    expect(endpoint.state).toBe('answering');
    expect(endpoint.reason).toMatch(
      /refuses what is wanted now: .*another content.*To deploy a version/,
    );
    expect(endpoint.revisions[0].requests).toBe(7);
  });

  it('is asked ever more slowly, and told in the log once', async () => {
    const { rounds, engine, logger } = await refused();
    await rounds(120);
    expect(engine.attempts).toBeLessThan(10);
    expect(logger.warn).toHaveBeenCalledTimes(1);
  });

  it('has no reason any more once the engine takes it', async () => {
    const { rounds, get, versions } = await refused();
    await rounds(2);
    versions.delete(1);
    await rounds(5);
    expect((await get()).reason).toBe(undefined);
  });
});
