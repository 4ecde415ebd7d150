import Knex, { Knex as KnexType } from 'knex';
import { mockServices } from '@backstage/backend-test-utils';
import {
  Approval,
  RiskClass,
  VersionDetail,
} from '@mlops-portal/plugin-mlops-common';
import { PipelinesSlice, ProblemsSlice, RegistrySlice } from '../slices';
import { createServingSlice } from '.';
import { ScriptedServingEngine } from './testUtils/ScriptedServingEngine';

const { up } = require('../../migrations/20261124_serving.js');

const context = {
  actor: 'user:default/ada',
  credentials: {} as never,
  signal: new AbortController().signal,
};

async function hub(risk: RiskClass = 'limited') {
  const knex: KnexType = Knex({
    client: 'better-sqlite3',
    connection: ':memory:',
    useNullAsDefault: true,
  });
  await up(knex);
  const engine = new ScriptedServingEngine();
  const told: object[] = [];
  const approvals = new Map<number, Partial<Approval>>();
  const versions = new Map<number, Partial<VersionDetail>>();
  let ready: (version: VersionDetail) => Promise<void> = async () => {};
  const registry = {
    getVersion: async (model: string, version: number) => ({
      model,
      version,
      state: 'ready',
      gate: [],
      artifact: {
        uri: `/artifacts/${version}`,
        sha256: 'a'.repeat(64),
        format: 'onnx',
      },
      signature: {
        task: 'binary',
        classes: [],
        inputs: [{ name: 'distance', datatype: 'FP32', shape: [-1, 1] }],
        sample: { distance: 405 },
      },
      ...versions.get(version),
    }),
    approvalOf: async (_: string, version: number) => approvals.get(version),
    requestApproval: async ({ version }: { version: number }) => {
      approvals.set(version, { id: `approval-${version}`, state: 'waiting' });
      return approvals.get(version);
    },
    noteTraffic: async (change: object) => void told.push(change),
    onVersionReady: (listener: typeof ready) => {
      ready = listener;
    },
    onApprovalDecided: () => {},
  } as unknown as RegistrySlice;
  let now = Date.parse('2026-11-24T10:00:00Z');
  const serving = createServingSlice({
    knex,
    registry,
    engine: () => engine,
    engineId: () => 'scripted',
    metrics: () => undefined,
    logger: mockServices.logger.mock(),
    problems: {
      facts: async () => ({ riskClass: risk, canary: [10, 100] }),
    } as unknown as ProblemsSlice,
    pipelines: {
      getRun: async () => ({
        number: 7,
        decisionId: 'd1',
        because: 'PSI 0.31 over 0.2',
        actor: 'policy',
      }),
    } as unknown as PipelinesSlice,
    monitoring: () => ({} as never),
    consumers: async () => [],
    freeShares: { minimal: 100, limited: 10, high: 0 },
    rules: { minSeconds: 10, minRequests: 20, maxErrorRate: 0.01 },
    now: () => new Date(now),
  });
  const tick = async (seconds = 1) => {
    now += seconds * 1000;
    await serving.tick(context.signal);
  };
  const rounds = async (count: number, seconds = 1) => {
    for (let i = 0; i < count; i += 1) await tick(seconds);
  };
  const deploy = (version: number, key = `deploy-${version}`) =>
    serving.handlers.deploy(
      {
        params: { name: 'flights' },
        query: {},
        body: { version, reason: 'try it', idempotencyKey: key },
      },
      context,
    );
  const approve = (version: number) =>
    approvals.set(version, { id: `approval-${version}`, state: 'approved' });
  const inProduction = async (version: number) => {
    approve(version);
    await deploy(version);
    await rounds(5, 11);
  };
  const act = (name: 'promote' | 'rollback' | 'retire', body: object = {}) =>
    serving.handlers[name](
      {
        params: { name: 'flights' },
        query: {},
        body: { reason: 'because', ...body },
      },
      context,
    );
  const get = () =>
    serving.handlers.getEndpoint(
      { params: { name: 'flights' }, query: {}, body: {} },
      context,
    );
  return {
    knex,
    engine,
    told,
    approvals,
    versions,
    tick,
    rounds,
    deploy,
    approve,
    inProduction,
    act,
    get,
    ready: (v: object) => ready(v as VersionDetail),
    handlers: serving.handlers,
  };
}

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

describe('a canary', () => {
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
