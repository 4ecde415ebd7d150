import Knex, { Knex as KnexType } from 'knex';
import { mockServices } from '@backstage/backend-test-utils';
import {
  Approval,
  RiskClass,
  VersionDetail,
} from '@mlops-portal/plugin-mlops-common';
import { PipelinesSlice, ProblemsSlice, RegistrySlice } from '../../slices';
import { createServingSlice } from '..';
import { ScriptedServingEngine } from './ScriptedServingEngine';

const { up } = require('../../../migrations/20261124_serving.js');

const context = {
  actor: 'user:default/ada',
  credentials: {} as never,
  signal: new AbortController().signal,
};

/** The serving slice on a database in memory, with a scripted engine, a clock of the test's own and the other slices as stubs. */
export async function servingHub(risk: RiskClass = 'limited') {
  const knex: KnexType = Knex({
    client: 'better-sqlite3',
    connection: ':memory:',
    useNullAsDefault: true,
  });
  await up(knex);
  const engine = new ScriptedServingEngine();
  const logger = mockServices.logger.mock();
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
  engine.now = () => new Date(now);
  const serving = createServingSlice({
    knex,
    registry,
    engine: () => engine,
    engineId: () => 'scripted',
    metrics: () => undefined,
    logger,
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
    logger,
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
