import { servingHub as hub } from './__testUtils__/servingHub';

describe('acts of people', () => {
  it('start a rollout once for one key, and never two at a time', async () => {
    const { inProduction, deploy, knex } = await hub();
    await inProduction(1);
    await Promise.all([
      deploy(2, 'same-key'),
      deploy(2, 'same-key').catch(() => {}),
    ]);
    await deploy(2, 'same-key');
    expect(
      await knex('mlops_rollouts').where({ idempotency_key: 'same-key' }),
    ).toHaveLength(1);
    await expect(deploy(3)).rejects.toThrow(
      'flights: version 2 is being rolled out; finish it or roll it back first',
    );
  });

  it('promote past time and sample size, but not past an approval', async () => {
    const { inProduction, deploy, rounds, engine, act, approve } = await hub();
    await inProduction(1);
    await deploy(2);
    await rounds(3);
    await expect(act('promote')).rejects.toThrow(
      '100 % of the traffic needs an approval of version 2 (request approval-2 is waiting)',
    );
    approve(2);
    await act('promote');
    await rounds(2);
    expect(engine.traffic('flights')).toEqual({ 2: 100 });
  });

  it('do not promote on what they no longer see', async () => {
    const { inProduction, deploy, rounds, act, approve } = await hub();
    await inProduction(1);
    await deploy(2);
    await rounds(3);
    approve(2);
    await expect(act('promote', { generation: 1 })).rejects.toThrow(
      'its traffic has changed since you looked',
    );
  });

  it('roll back at once, to the version before', async () => {
    const { inProduction, engine, act, rounds, approve, deploy } = await hub();
    await inProduction(1);
    approve(2);
    await deploy(2);
    await rounds(3);
    engine.versions.set('2', { requests: 50 });
    await rounds(3, 11);
    expect(engine.traffic('flights')).toEqual({ 2: 100 });
    await act('rollback');
    await rounds(1);
    expect(engine.traffic('flights')).toEqual({ 1: 100 });
  });

  it('have nothing to go back to with one version', async () => {
    const { inProduction, act } = await hub();
    await inProduction(1);
    await expect(act('rollback')).rejects.toThrow(
      'there is no version before this one to go back to',
    );
  });

  it('retire an endpoint and bring it back', async () => {
    const { inProduction, act, rounds, engine, get, deploy } = await hub();
    await inProduction(1);
    await act('retire');
    await rounds(2);
    expect(engine.has('flights')).toBe(false);
    expect((await get()).state).toBe('retired');
    await deploy(1, 'again-and-again');
    await rounds(3);
    expect(engine.traffic('flights')).toEqual({ 1: 100 });
  });
});

describe('bad days', () => {
  it('shows the last known state while the engine is away, and catches up', async () => {
    const { inProduction, deploy, rounds, engine, get } = await hub();
    await inProduction(1);
    const before = (await get()).observedAt;
    engine.down = true;
    await deploy(2);
    await rounds(2);
    expect(await get()).toMatchObject({
      state: 'answering',
      observedAt: before,
    });
    engine.down = false;
    await rounds(3);
    expect(engine.traffic('flights')).toEqual({ 1: 90, 2: 10 });
  });

  it('puts a retrained version that passed its gate on the way by itself', async () => {
    const { inProduction, ready, rounds, engine } = await hub();
    await inProduction(1);
    await ready({
      model: 'flights',
      version: 2,
      runId: 'r',
      gate: [{ condition: 'better', state: 'met', detail: '' }],
    });
    await ready({
      model: 'flights',
      version: 2,
      runId: 'r',
      gate: [{ condition: 'better', state: 'met', detail: '' }],
    });
    await rounds(3);
    expect(engine.traffic('flights')).toEqual({ 1: 90, 2: 10 });
  });

  it('leaves a retrained version alone that did not pass its gate', async () => {
    const { inProduction, ready, rounds, engine } = await hub();
    await inProduction(1);
    await ready({
      model: 'flights',
      version: 2,
      runId: 'r',
      gate: [{ condition: 'better', state: 'not-met', detail: '' }],
    });
    await rounds(3);
    expect(engine.traffic('flights')).toEqual({ 1: 100 });
  });
});
