import { servingHub as hub } from './__testUtils__/servingHub';

describe('the first deployment', () => {
  it('loads the version and waits for approval before it takes traffic', async () => {
    const { deploy, rounds, engine, get, approvals } = await hub();
    await deploy(1);
    await rounds(4, 11);
    expect(approvals.get(1)).toMatchObject({ state: 'waiting' });
    expect(engine.traffic('flights')).toEqual({});
    expect(engine.applied.at(-1)?.revisions).toHaveLength(1);
    expect((await get()).rollout).toMatchObject({
      state: 'waiting-for-approval',
      at: -1,
      approvalId: 'approval-1',
    });
  });

  it('takes all traffic once it is approved, and the registry is told', async () => {
    const { deploy, rounds, engine, approve, told, get } = await hub();
    await deploy(1);
    await rounds(2);
    approve(1);
    await rounds(4);
    expect(engine.traffic('flights')).toEqual({ 1: 100 });
    expect(told.at(-1)).toMatchObject({
      traffic: [{ version: 1, percent: 100 }],
    });
    const endpoint = await get();
    expect(endpoint.rollout?.state).toBe('finished');
    expect(endpoint.url).toBe('http://gateway/v2/models/flights/infer');
    expect(endpoint.snippets.map(s => s.title)).toEqual([
      'curl',
      'Python',
      'TypeScript',
    ]);
    expect(endpoint.sample?.inputs[0]).toEqual({
      name: 'distance',
      datatype: 'FP32',
      shape: [1, 1],
      data: [405],
    });
  });

  it('needs no approval where the risk is minimal', async () => {
    const { deploy, rounds, engine } = await hub('minimal');
    await deploy(1);
    await rounds(3);
    expect(engine.traffic('flights')).toEqual({ 1: 100 });
  });

  it('is refused for a version that is not ready', async () => {
    const { deploy, versions } = await hub();
    versions.set(1, { state: 'failed', reason: 'the digest differs' });
    await expect(deploy(1)).rejects.toThrow(
      'flights version 1 is failed: the digest differs; only a ready version can be deployed',
    );
  });

  it('goes back to nothing when the version never answers', async () => {
    const { deploy, rounds, engine, get } = await hub('minimal');
    engine.versions.set('1', { state: 'not-answering' });
    await deploy(1);
    await rounds(8, 11);
    expect((await get()).rollout).toMatchObject({ state: 'rolled-back' });
    expect((await get()).state).toBe('retired');
    expect(engine.has('flights')).toBe(false);
  });
});

describe('a version that is silent', () => {
  it('is not blamed for a time when its engine could not be asked', async () => {
    const { deploy, rounds, tick, engine, get } = await hub('minimal');
    engine.versions.set('1', { state: 'starting' });
    engine.down = true;
    await deploy(1);
    await rounds(3, 100);
    engine.down = false;
    await rounds(3, 5);
    expect((await get()).rollout?.state).toBe('running');
    await tick(600);
    expect((await get()).rollout?.state).toBe('running');
    engine.versions.set('1', { state: 'answering' });
    await rounds(3);
    expect(engine.traffic('flights')).toEqual({ 1: 100 });
  });
});

describe('a canary', () => {
  it('keeps the verdicts it took the last step by once it is over', async () => {
    const { inProduction, deploy, rounds, engine, approve, get } = await hub();
    await inProduction(1);
    await deploy(2);
    await rounds(3);
    engine.versions.set('2', { requests: 50, errors: 0 });
    approve(2);
    await rounds(4, 11);
    const { rollout } = await get();
    expect(rollout?.state).toBe('finished');
    expect(rollout?.checks).toContainEqual({
      condition: 'errors at most 1.0 %',
      state: 'met',
      detail: '0 of 50 requests',
    });
  });

  it('takes its share before approval and all traffic after checks and approval', async () => {
    const { inProduction, deploy, rounds, engine, approve, told } = await hub();
    await inProduction(1);
    await deploy(2);
    await rounds(3);
    expect(engine.traffic('flights')).toEqual({ 1: 90, 2: 10 });
    engine.versions.set('2', { requests: 50, errors: 0 });
    await rounds(3, 11);
    expect(engine.traffic('flights')).toEqual({ 1: 90, 2: 10 });
    approve(2);
    await rounds(3, 11);
    expect(engine.traffic('flights')).toEqual({ 2: 100 });
    expect(told.at(-1)).toMatchObject({
      traffic: [{ version: 2, percent: 100 }],
    });
  });

  it('gets no traffic before approval where the risk is high', async () => {
    const { inProduction, deploy, rounds, engine } = await hub('high');
    await inProduction(1);
    await deploy(2);
    await rounds(4, 11);
    expect(engine.traffic('flights')).toEqual({ 1: 100 });
  });

  it('goes back by itself when it errs', async () => {
    const { inProduction, deploy, rounds, engine, get } = await hub();
    await inProduction(1);
    await deploy(2);
    await rounds(3);
    engine.versions.set('2', { requests: 50, errors: 9 });
    await rounds(3);
    expect(engine.traffic('flights')).toEqual({ 1: 100 });
    const endpoint = await get();
    expect(endpoint.rollout).toMatchObject({
      state: 'rolled-back',
      reason: 'errors at most 1.0 %: 9 of 50 requests',
    });
    expect(endpoint.changes[0]).toMatchObject({
      what: 'auto-rollback',
      actor: 'policy',
    });
    expect(endpoint.changes[1]).toMatchObject({
      what: 'canary',
      outcome: 'rolled-back',
    });
  });

  it('goes back when the approval is refused', async () => {
    const { inProduction, deploy, rounds, engine, approvals } = await hub();
    await inProduction(1);
    await deploy(2);
    await rounds(3);
    approvals.set(2, { id: 'approval-2', state: 'refused' });
    await rounds(3);
    expect(engine.traffic('flights')).toEqual({ 1: 100 });
  });

  it('counts only what was asked since its step began', async () => {
    const { inProduction, deploy, rounds, engine } = await hub();
    engine.versions.set('2', { requests: 500, errors: 100 });
    await inProduction(1);
    await deploy(2);
    await rounds(5, 11);
    expect(engine.traffic('flights')).toEqual({ 1: 90, 2: 10 });
  });
});
