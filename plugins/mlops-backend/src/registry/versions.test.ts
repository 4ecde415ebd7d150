import { FakeArtifactEngine } from '@mlops-portal/plugin-mlops-node/testUtils';
import { eachDatabase } from '../database/__testUtils__/eachDatabase';
import { as, registryHub } from './__testUtils__/registryHub';

jest.setTimeout(60_000);

const model = 'flight-delay';

describe('versions', () => {
  eachDatabase(open => {
    it('become ready once the artefact is taken in and checked, and tell it', async () => {
      const hub = registryHub(await open());
      const told = jest.fn(async () => undefined);
      hub.slice.onVersionReady(told);
      await hub.report('one');
      expect(await hub.slice.getVersion(model, 1)).toMatchObject({
        state: 'pending',
        stage: 'development',
        dataVersion: 'd'.repeat(64),
      });
      await hub.check();
      await hub.deliver();
      expect(await hub.slice.getVersion(model, 1)).toMatchObject({
        state: 'ready',
        stage: 'candidate',
        importances: { distance: 0.7 },
        artifact: { uri: expect.stringMatching(/^fake:\/\/artifacts\//) },
        transitions: [{ what: 'ready' }, { what: 'registered' }],
      });
      expect(told).toHaveBeenCalledTimes(1);
      const signature = await hub.slice.readArtifact(
        model,
        1,
        'signature.json',
      );
      expect(JSON.parse(signature.toString()).task).toBe('binary');
    });

    it('are made once per run and digest, however often and at once the event comes', async () => {
      const hub = registryHub(await open());
      const event = await hub.report('one');
      await Promise.all([1, 2, 3, 4].map(() => hub.slice.consumer.take(event)));
      expect(await hub.slice.listVersions(model)).toHaveLength(1);
      await hub.report('one');
      expect(await hub.slice.listVersions(model)).toHaveLength(2);
    });

    it('fail with the reason when the artefact is not what was registered', async () => {
      const artifacts = new FakeArtifactEngine();
      const hub = registryHub(await open(), artifacts);
      const told = jest.fn(async () => undefined);
      hub.slice.onVersionReady(told);
      const runId = 'run-with-a-changed-model';
      await hub.report('one', {}, runId);
      artifacts.leave(`fake://runs/${runId}`, { 'model.onnx': 'other' });
      await hub.check();
      await hub.deliver();
      expect(await hub.slice.getVersion(model, 1)).toMatchObject({
        state: 'failed',
        reason: expect.stringContaining('manifest.json'),
      });
      expect(told).not.toHaveBeenCalled();
    });

    it('wait while the store does not answer, and go on by another replica', async () => {
      const knex = await open();
      const hub = registryHub(knex);
      await hub.report('one');
      hub.artifacts.down = new Error('connection refused');
      await hub.check();
      expect(await hub.slice.getVersion(model, 1)).toMatchObject({
        state: 'pending',
        reason: expect.stringContaining('connection refused'),
      });
      hub.artifacts.down = undefined;
      await knex('model_versions').update({ next_try: '' });
      await registryHub(knex, hub.artifacts).check();
      expect((await hub.slice.getVersion(model, 1)).state).toBe('ready');
    });

    it('stay in development where the gate was not passed', async () => {
      const hub = registryHub(await open());
      await hub.report('one', {
        gate: [{ condition: 'roc_auc >= 0.8', state: 'not-met' }],
      });
      await hub.report('two', { gate: [] });
      await hub.check();
      const stages = (await hub.slice.listVersions(model)).map(v => v.stage);
      expect(stages).toEqual(['development', 'development']);
    });

    it('follow the endpoint: champion, challenger, stages, and edges of lineage', async () => {
      const hub = registryHub(await open());
      await hub.report('one');
      await hub.report('two');
      await hub.check();
      const note = (...traffic: Array<[number, number]>) =>
        hub.slice.noteTraffic({
          model,
          endpoint: model,
          traffic: traffic.map(([version, percent]) => ({ version, percent })),
          actor: 'policy',
          reason: 'rollout',
        });
      await note([1, 100]);
      await note([1, 90], [2, 10]);
      await note([1, 90], [2, 10]);
      expect(await hub.slice.getVersion(model, 2)).toMatchObject({
        stage: 'staging',
        aliases: ['challenger'],
      });
      await note([1, 0], [2, 100]);
      expect(await hub.slice.champion(model)).toMatchObject({
        version: 2,
        stage: 'production',
        traffic: [{ percent: 100 }],
      });
      const first = await hub.slice.getVersion(model, 1);
      expect(first).toMatchObject({ stage: 'archived', aliases: [] });
      const deployed = first.transitions.filter(t => t.what === 'deployed');
      expect(deployed).toHaveLength(2);
      await hub.deliver();
      expect(hub.lineage.addEdge).toHaveBeenCalledWith(
        expect.objectContaining({
          from: `endpoint:${model}`,
          to: `version:${model}/2`,
          kind: 'answeredBy',
        }),
      );
      expect(hub.lineage.endEdge).toHaveBeenCalledTimes(1);
      await note();
      expect(await hub.slice.champion(model)).toBe(undefined);
    });

    it('reach other stages and aliases by hand, production and champion never', async () => {
      const hub = registryHub(await open());
      await hub.report('one');
      await hub.report('two');
      const { setStage, setAlias } = hub.handlers;
      const stage = (to: string) =>
        setStage(
          {
            params: { name: model, version: 1 },
            query: {},
            body: { stage: to, reason: 'tidy up' },
          },
          as('ada'),
        );
      expect(await stage('archived')).toMatchObject({ stage: 'archived' });
      await expect(stage('production')).rejects.toMatchObject({
        name: 'ConflictError',
      });
      await expect(stage('elsewhere')).rejects.toThrow(
        '"elsewhere" is not a stage',
      );
      const alias = (name: string, version: number) =>
        setAlias(
          {
            params: { name: model, alias: name },
            query: {},
            body: { version, reason: 'compare' },
          },
          as('ada'),
        );
      await alias('baseline', 1);
      expect(await alias('baseline', 2)).toMatchObject({
        aliases: ['baseline'],
      });
      expect((await hub.slice.getVersion(model, 1)).aliases).toEqual([]);
      await expect(alias('champion', 2)).rejects.toThrow(
        'follows the endpoint',
      );
      await expect(alias('baseline', 9)).rejects.toMatchObject({
        name: 'NotFoundError',
      });
    });

    it('are gone when a problem is taken back', async () => {
      const hub = registryHub(await open());
      await hub.report('one');
      await hub.slice.forget(model);
      expect(await hub.slice.listVersions(model)).toEqual([]);
      await expect(hub.slice.getVersion(model, 1)).rejects.toThrow(
        'no version 1',
      );
    });

    it('gives no number again that a problem taken back had given', async () => {
      const hub = registryHub(await open());
      await hub.report('one');
      await hub.slice.forget(model);
      const models = await hub.handlers.listModels(
        { params: {}, query: { limit: 10, offset: 0 }, body: {} } as never,
        {} as never,
      );
      expect(models).toMatchObject({ items: [], total: 0 });
      await hub.report('two');
      const [made] = await hub.slice.listVersions(model);
      expect(made.version).toBe(2);
    });
  });
});
