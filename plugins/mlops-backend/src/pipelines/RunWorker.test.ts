import { mockServices } from '@backstage/backend-test-utils';
import { ServiceUnavailableError } from '@backstage/errors';
import { FakePipelineEngine } from '@mlops-portal/plugin-mlops-node/testUtils';
import { Knex } from 'knex';
import { eachDatabase } from '../database/__testUtils__/eachDatabase';
import { EngineRegistry } from '../engines/EngineRegistry';
import { compiledPipeline } from '../__testUtils__/story';
import { LeaseStore } from '../jobs/LeaseStore';
import { PipelineStore } from './PipelineStore';
import { RunService } from './RunService';
import { RunStore } from './RunStore';
import { RunWorker } from './RunWorker';
import { TrialStore } from './TrialStore';

jest.setTimeout(60_000);

const { signal } = new AbortController();
const commit = 'a'.repeat(40);

/** A hub process on a database: several of them on one are replicas. */
function replica(knex: Knex, engine: FakePipelineEngine) {
  const engines = new EngineRegistry();
  engines.addEngine('pipelines', engine);
  const deps = {
    engines,
    leases: new LeaseStore(knex),
    logger: mockServices.logger.mock(),
    pipelines: new PipelineStore(knex),
    runs: new RunStore(knex),
    trials: new TrialStore(knex),
  };
  const worker = new RunWorker({
    ...deps,
    registry: { champion: async () => undefined, getVersion: jest.fn() },
    problems: { facts: jest.fn() },
    access: { url: 'http://portal.test', token: 'secret-token' },
    cloneUrl: async name => `http://git.test/${name}.git`,
    ended: () => undefined,
  });
  const service = new RunService({ ...deps, wake: () => undefined });
  return { ...deps, service, round: () => worker.round(signal) };
}

async function started(knex: Knex, engine: FakePipelineEngine) {
  const hub = replica(knex, engine);
  const ir = compiledPipeline();
  await hub.pipelines.put({
    pipeline: 'flight-delay',
    commit,
    ir,
    message: '',
  });
  const run = await hub.service.start({
    pipeline: 'flight-delay',
    trigger: 'person',
    parameters: { until: '2001-03-01' },
    cache: true,
    idempotencyKey: 'worker-key',
    actor: 'user:default/ada',
  });
  return { hub, id: run.id, get: () => hub.service.get(run.id) };
}

describe('RunWorker', () => {
  eachDatabase(open => {
    it('starts a run with what its steps need, follows it and stores how it ended', async () => {
      const engine = new FakePipelineEngine();
      const { hub, id, get } = await started(await open(), engine);
      await hub.round();
      expect(engine.started.get(id)).toMatchObject({
        pipeline: 'flight-delay',
        code: { cloneUrl: 'http://git.test/flight-delay.git', commit },
        parameters: { until: '2001-03-01' },
        environment: {
          PORTAL_URL: 'http://portal.test',
          PORTAL_TOKEN: 'secret-token',
          OPENLINEAGE_NAMESPACE: 'portal',
          OPENLINEAGE_PARENT_ID: `portal/flight-delay/${id}`,
          CI_COMMIT_SHA: commit,
          OMP_NUM_THREADS: '1',
        },
      });
      engine.set(id, { state: 'failed', reason: 'train: out of memory' });
      await hub.round();
      expect(await get()).toMatchObject({
        state: 'failed',
        reason: 'train: out of memory',
        observedAt: expect.any(String),
        finishedAt: expect.any(String),
      });
    });

    it('starts nothing twice when it dies between starting a run and storing that', async () => {
      const knex = await open();
      const engine = new FakePipelineEngine();
      const { hub, id, get } = await started(knex, engine);
      engine.loseNextAnswer = new ServiceUnavailableError('the answer is lost');
      await hub.round();
      expect((await hub.runs.row(id)).engine_run_id).toBe(null);
      await replica(knex, engine).round();
      expect(engine.calls.startRun).toBe(2);
      expect(engine.started.size).toBe(1);
      engine.set(id, { state: 'succeeded' });
      await replica(knex, engine).round();
      expect((await get()).state).toBe('succeeded');
    });

    it('is looked at by one of several replicas at a time', async () => {
      const knex = await open();
      const engine = new FakePipelineEngine();
      await started(knex, engine);
      const all = Array.from({ length: 5 }, () => replica(knex, engine));
      await Promise.all(all.map(each => each.round()));
      expect(engine.started.size).toBe(1);
    });

    it('waits for an engine that does not answer, and says so', async () => {
      const engine = new FakePipelineEngine();
      const { hub, id, get } = await started(await open(), engine);
      engine.down = new Error('connection refused');
      await hub.round();
      expect(await get()).toMatchObject({
        state: 'waiting',
        reason: expect.stringContaining('connection refused'),
      });
      engine.down = undefined;
      await hub.round();
      engine.set(id, { state: 'running' });
      await hub.round();
      expect(await get()).toMatchObject({
        state: 'running',
        reason: undefined,
      });
    });

    it('ends a run that the engine lost', async () => {
      const knex = await open();
      const { hub, get } = await started(knex, new FakePipelineEngine());
      await hub.round();
      await replica(knex, new FakePipelineEngine()).round();
      expect(await get()).toMatchObject({
        state: 'failed',
        reason: expect.stringContaining('lost this run'),
      });
    });

    it('stops a run at the engine, and one that was never asked for without it', async () => {
      const knex = await open();
      const engine = new FakePipelineEngine();
      const { hub, id, get } = await started(knex, engine);
      await hub.service.stop(id, 'user:default/bo', 'wrong data');
      await hub.round();
      expect(await get()).toMatchObject({
        state: 'stopped',
        reason: 'stopped by user:default/bo: wrong data',
      });
      expect(engine.calls.startRun).toBe(undefined);
      const again = await hub.service.rerun(id, {
        cache: true,
        idempotencyKey: 'rerun-key',
        actor: 'user:default/bo',
      });
      expect(again).toMatchObject({
        trigger: 'rerun',
        number: 2,
        because: 'run #1 again',
      });
      await hub.round();
      await hub.service.stop(again.id, 'user:default/bo', '');
      await hub.round();
      expect(engine.calls.stopRun).toBe(1);
      expect((await hub.service.get(again.id)).state).toBe('stopped');
    });

    it('refuses to stop what has ended', async () => {
      const engine = new FakePipelineEngine();
      const { hub, id } = await started(await open(), engine);
      await hub.round();
      engine.set(id, { state: 'succeeded' });
      await hub.round();
      await expect(hub.service.stop(id, 'x', '')).rejects.toThrow(
        'has already succeeded',
      );
    });

    it('refuses parameters that the pipeline does not take, and pipelines that nobody compiled', async () => {
      const { hub } = await started(await open(), new FakePipelineEngine());
      const request = {
        pipeline: 'flight-delay',
        trigger: 'person' as const,
        parameters: { colour: 'red' },
        cache: true,
        idempotencyKey: 'wrong-key',
        actor: 'x',
      };
      await expect(hub.service.start(request)).rejects.toThrow(
        'parameters.colour',
      );
      const other = { ...request, pipeline: 'other', parameters: {} };
      await expect(hub.service.start(other)).rejects.toThrow(
        'there is no pipeline other',
      );
      const commitless = { ...request, parameters: {}, commit: 'b'.repeat(40) };
      await expect(hub.service.start(commitless)).rejects.toThrow(
        'was not compiled for commit',
      );
    });
  });
});
