import { Entity } from '@backstage/catalog-model';
import { startTestHub, TestHub, until } from '../__testUtils__/testHub';
import {
  artefactFiles,
  compiledPipeline,
  modelEvent,
  problemYaml,
} from '../__testUtils__/story';
import { PROFILE, readEvent } from './__testUtils__/events';

jest.setTimeout(120_000);

const commit = 'a'.repeat(40);
const entity = (
  kind: string,
  name: string,
  spec: object,
  relation?: [string, string],
): Entity => ({
  apiVersion: 'mlops-portal.io/v1alpha1',
  kind,
  metadata: { name, namespace: 'default', title: `The ${name}` },
  spec: {
    type: 'table',
    lifecycle: 'production',
    owner: 'group:aero',
    ...spec,
  },
  relations: relation && [{ type: relation[0], targetRef: relation[1] }],
});
const source = (uri: string) => ({
  source: { platform: 'file', uri },
  classification: 'internal',
  personalData: false,
});
const model = 'mlmodel:default/flight-delay';
const ENTITIES = [
  entity('MLDataset', 'flight-delay-data', source('/data/flights.parquet'), [
    'usedToTrain',
    model,
  ]),
  entity('MLDataset', 'airports', source('/data/airports.csv')),
  entity(
    'MLFeatureView',
    'flight-delay-features',
    {
      store: { platform: 'file', project: 'flight-delay', name: 'features.py' },
      joinKeys: ['origin'],
    },
    ['featuresConsumedBy', model],
  ),
];

/** A run that has read the data and made a version of the model. */
async function train(hub: TestHub, key: string, profile: object) {
  const { body } = await hub
    .post('/pipelines/flight-delay/runs')
    .send({ idempotencyKey: key })
    .expect(200);
  const runId: string = body.id;
  await until(async () => hub.pipelines.started.has(runId), Boolean);
  hub.pipelines.set(runId, { state: 'running' });
  await hub
    .post('/lineage/events')
    .send(readEvent({ runId, profile, at: new Date().toISOString() }))
    .expect(200);
  const uri = `fake://runs/${runId}`;
  const sha256 = hub.artifacts.leave(uri, artefactFiles(key));
  await hub
    .post('/lineage/events')
    .send(modelEvent({ runId, uri, sha256 }))
    .expect(200);
  hub.pipelines.set(runId, { state: 'succeeded' });
  await until(
    async () => (await hub.get(`/runs/${runId}`)).body,
    run => run.state === 'succeeded' && run.versionMade,
  );
  return runId;
}

describe('datasets and feature views over HTTP', () => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await startTestHub({ entities: ENTITIES });
    await hub
      .post('/repositories')
      .send({
        name: 'flight-delay',
        files: [{ path: 'README.md', content: '# flights' }],
        idempotencyKey: 'datasets-repository',
      })
      .expect(200);
    await hub
      .put(`/pipelines/flight-delay/versions/${commit}`)
      .send({ ir: compiledPipeline(), problem: problemYaml, message: 'first' })
      .expect(200);
    await train(hub, 'datasets-run-1', PROFILE);
    const moved = { ...PROFILE.columns[0], nulls: 50 };
    await train(hub, 'datasets-run-2', {
      ...PROFILE,
      to: '2001-04-01T00:00:00Z',
      columns: [
        {
          ...moved,
          histogram: { edges: [-40, 0, 20, 200], counts: [50, 100, 800] },
        },
        PROFILE.columns[1],
      ],
    });
    await hub
      .post('/lineage/events')
      .send(
        readEvent({
          reader: 'spark.job',
          source: 's3://lake/weather',
          profile: null,
          schema: [{ name: 'rain', type: 'double' }, { type: 1 }],
          at: '2020-01-01T00:00:00Z',
        }),
      )
      .expect(200);
  });
  afterAll(() => hub.stop());

  it('lists what the catalog knows and what runs read without it, stalest first', async () => {
    const { body } = await hub.get('/datasets');
    expect(body.total).toBe(3);
    expect(
      body.items.map((d: { name: string; freshness: { state: string } }) => [
        d.name,
        d.freshness.state,
      ]),
    ).toEqual([
      ['spark-job-data', 'stale'],
      ['airports', 'no-data'],
      ['flight-delay-data', 'fresh'],
    ]);
    expect(body.items[0]).toMatchObject({
      title: 'weather',
      owner: '',
      source: { uri: 's3://lake/weather' },
      versions: 1,
    });
    expect(body.items[0].entityRef).toBe(undefined);
    expect(body.items[2]).toMatchObject({
      title: 'The flight-delay-data',
      owner: 'group:aero',
      entityRef: 'mldataset:default/flight-delay-data',
      versions: 2,
      lastVersion: { window: { rows: 1000, to: '2001-04-01T00:00:00.000Z' } },
      usedBy: [
        { kind: 'pipeline', name: 'flight-delay' },
        { kind: 'model', name: 'flight-delay' },
      ],
    });
  });

  it.each([
    ['owner=group:aero', ['airports', 'flight-delay-data']],
    ['q=LAKE', ['spark-job-data']],
    ['state=no-data', ['airports']],
    ['limit=1&offset=1', ['airports']],
  ])('filters and pages by %s', async (query, names) => {
    const { body } = await hub.get(`/datasets?${query}`);
    expect(body.items.map(({ name }: { name: string }) => name)).toEqual(names);
  });

  it('tells versions with their run and the models that learnt from them', async () => {
    const { body } = await hub.get('/datasets/flight-delay-data/versions');
    expect(body.total).toBe(2);
    expect(body.items).toMatchObject([
      { run: { number: 2 }, schemaChanges: 0, profiled: true, columns: 2 },
      { run: { number: 1 }, schemaChanges: null },
    ]);
    const [second, first] = body.items;
    const path = '/datasets/flight-delay-data/versions';
    const one = await hub.get(`${path}/${second.id}`);
    expect(one.body).toMatchObject({
      previous: first.id,
      ignored: [],
      trained: [{ model: 'flight-delay', version: 2 }],
      schema: [{ name: 'delay', role: 'target' }, { name: 'origin' }],
    });
    const old = await hub.get(`${path}/${first.id}`);
    expect(old.body.trained).toMatchObject([{ version: 1 }]);
    expect(old.body.previous).toBe(undefined);
  });

  it('compares two versions and names what has moved', async () => {
    const { body } = await hub.get('/datasets/flight-delay-data/versions');
    const [second, first] = body.items;
    const path = '/datasets/flight-delay-data/compare?versions=';
    const compared = await hub.get(`${path}${first.id},${second.id}`);
    expect(compared.body).toMatchObject({
      sameDigest: true,
      before: { id: first.id },
      columns: [
        { name: 'delay', verdict: 'drift', nulls: [0.01, 0.05] },
        { name: 'origin', verdict: 'well', psi: 0 },
      ],
    });
    const twice = await hub.get(`${path}${first.id},${first.id}`);
    expect(twice.status).toBe(400);
    expect(twice.body.error.fields[0].field).toBe('query.versions');
  });

  it('shows what of a report could not be used', async () => {
    const { body } = await hub.get('/datasets/spark-job-data');
    expect(body.lastVersion.columns).toBe(1);
    const id = body.lastVersion.id;
    const one = await hub.get(`/datasets/spark-job-data/versions/${id}`);
    expect(one.body.ignored).toMatchObject([{ field: 'schema.fields.1.name' }]);
  });

  it.each([
    '/datasets/nobody',
    '/datasets/airports/versions/abc',
    '/feature-views/nobody',
  ])('says that there is no %s, and what there is', async path => {
    const answer = await hub.get(path);
    expect(answer.status).toBe(404);
    expect(answer.body.error.message).toMatch(/there is no|has no version/);
  });

  it('joins a feature view with the signature of the version that takes it', async () => {
    const list = await hub.get('/feature-views');
    expect(list.body.items).toMatchObject([
      {
        name: 'flight-delay-features',
        owner: 'group:aero',
        joinKeys: ['origin'],
        features: 1,
        derivedFrom: ['flight-delay-data'],
        freshness: { state: 'fresh' },
        readFrom: { model: 'flight-delay', version: 2, champion: false },
      },
    ]);
    const { body } = await hub.get('/feature-views/flight-delay-features');
    expect(body).toMatchObject({
      schema: [{ name: 'distance', importance: 0.7, datatype: 'FP64' }],
      online: { connected: false },
    });
  });

  it('leads from the loop of the problem to both', async () => {
    const { body } = await hub.get('/problems/flight-delay');
    expect(body.loop.slice(0, 2).map((s: { link: string }) => s.link)).toEqual([
      '/ml/datasets/flight-delay-data',
      '/ml/feature-views/flight-delay-features',
    ]);
  });
});
