import { startTestHub, until } from '../__testUtils__/testHub';
import {
  artefactFiles,
  compiledPipeline,
  modelEvent,
  problemYaml,
} from '../__testUtils__/story';

jest.setTimeout(120_000);

const commit = 'a'.repeat(40);

describe('without an entity and without the permission', () => {
  it('shows the features of a model that no view is for', async () => {
    const hub = await startTestHub();
    await hub
      .post('/repositories')
      .send({
        name: 'flight-delay',
        files: [{ path: 'README.md', content: '# flights' }],
        idempotencyKey: 'views-repository',
      })
      .expect(200);
    await hub
      .put(`/pipelines/flight-delay/versions/${commit}`)
      .send({ ir: compiledPipeline(), problem: problemYaml, message: 'first' })
      .expect(200);
    const sha256 = hub.artifacts.leave('fake://m', artefactFiles());
    const uri = 'fake://m';
    await hub
      .post('/lineage/events')
      .send(modelEvent({ runId: 'outside', uri, sha256 }))
      .expect(200);
    const body = await until(
      async () => (await hub.get('/feature-views')).body,
      ({ total }) => total > 0,
    ).finally(() => hub.stop());
    expect(body.items).toMatchObject([
      {
        name: 'flight-delay-features',
        owner: '',
        features: 1,
        freshness: { state: 'no-data' },
      },
    ]);
  });

  it('answers nobody who may not read', async () => {
    const hub = await startTestHub({ denied: ['mlops.read'] });
    const paths = [
      '/datasets',
      '/datasets/a',
      '/datasets/a/versions',
      '/datasets/a/versions/b',
      '/datasets/a/compare?versions=a,b',
      '/feature-views',
      '/feature-views/a',
    ];
    const answers = await Promise.all(paths.map(async path => hub.get(path)));
    await hub.stop();
    expect(answers.map(({ status }) => status)).toEqual(paths.map(() => 403));
  });
});
