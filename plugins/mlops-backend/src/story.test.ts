import {
  artefactFiles,
  compiledPipeline,
  dataEvent,
  modelEvent,
  problemYaml,
} from './__testUtils__/story';
import { startTestHub, TestHub, until } from './__testUtils__/testHub';

jest.setTimeout(120_000);

const commit = 'a'.repeat(40);

/** Runs the pipeline of the commit to its end and reports a model; gives the run and the version as the hub tells them. */
async function train(hub: TestHub, key: string, weights: string) {
  const started = await hub
    .post('/pipelines/flight-delay/runs')
    .send({ idempotencyKey: key });
  expect(started.body).toMatchObject({ state: 'waiting', commit });
  const runId: string = started.body.id;
  await until(async () => hub.pipelines.started.has(runId), Boolean);
  hub.pipelines.set(runId, { state: 'running' });
  const uri = `fake://runs/${runId}`;
  const sha256 = hub.artifacts.leave(uri, artefactFiles(weights));
  await hub.post('/lineage/events').send(dataEvent(runId)).expect(200);
  await hub
    .post('/lineage/events')
    .send(modelEvent({ runId, uri, sha256 }))
    .expect(200);
  hub.pipelines.set(runId, { state: 'succeeded' });
  const run = await until(
    async () => (await hub.get(`/runs/${runId}`)).body,
    body => body.state === 'succeeded',
  );
  const version = await until(
    async () =>
      (
        await hub.get(`/models/flight-delay/versions/${run.versionMade}`)
      ).body,
    body => body.state === 'ready',
  );
  return { run, version };
}

describe('the loop over HTTP with fake engines', () => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await startTestHub();
    await hub
      .post('/repositories')
      .send({
        name: 'flight-delay',
        files: [{ path: 'README.md', content: '# flights' }],
        idempotencyKey: 'task-1-repository',
      })
      .expect(200);
    await hub
      .put(`/pipelines/flight-delay/versions/${commit}`)
      .send({ ir: compiledPipeline(), problem: problemYaml, message: 'first' })
      .expect(200);
  });
  afterAll(() => hub.stop());

  it('goes from a compiled pipeline to a version in production, and knows where it comes from', async () => {
    const { run, version } = await train(hub, 'story-run-1', 'one');
    expect(run).toMatchObject({
      number: 1,
      actor: 'user:default/mock',
      metric: { name: 'roc_auc', value: 0.71 },
      trialMetric: 'roc_auc',
      trials: [
        { candidate: 0, best: false },
        { candidate: 1, best: true },
      ],
      usual: { runs: 1 },
    });
    expect(version).toMatchObject({
      version: 1,
      stage: 'candidate',
      runId: run.id,
      runNumber: 1,
      commit,
      dataVersion: 'd'.repeat(64),
      primary: { name: 'roc_auc', value: 0.71 },
      importances: { distance: 0.7 },
      artifact: { format: 'onnx' },
    });

    const asked = await hub.post('/approvals', 'ada').send({
      model: 'flight-delay',
      version: 1,
      reason: 'first version',
    });
    expect(asked.body).toMatchObject({
      state: 'waiting',
      riskClass: 'limited',
    });
    const own = await hub
      .post(`/approvals/${asked.body.id}/decision`, 'ada')
      .send({ decision: 'approve', reason: 'I made it' });
    expect(own.status).toBe(403);
    const decided = await hub
      .post(`/approvals/${asked.body.id}/decision`, 'bo')
      .send({ decision: 'approve', reason: 'looks right' });
    expect(decided.body).toMatchObject({
      state: 'approved',
      decidedBy: 'user:default/bo',
      exception: false,
    });

    await hub
      .post('/endpoints/flight-delay/deploy', 'ada')
      .send({
        version: 1,
        reason: 'go live',
        idempotencyKey: 'story-deploy-1',
      })
      .expect(200);
    await until(
      async () => (await hub.get('/endpoints/flight-delay')).body,
      body => body.rollout?.state === 'finished',
    );
    const model = await until(
      async () => (await hub.get('/models/flight-delay')).body,
      body => body.champion?.version === 1,
    );
    expect(model.champion).toMatchObject({
      stage: 'production',
      aliases: ['champion'],
      traffic: [{ endpoint: 'flight-delay', percent: 100 }],
    });

    const back = await until(
      async () =>
        (
          await hub.get('/lineage?node=endpoint:flight-delay&direction=back')
        ).body,
      body => body.nodes?.length >= 7,
    );
    const kinds = back.nodes.map((node: { kind: string }) => node.kind).sort();
    expect(kinds).toEqual([
      'approval',
      'commit',
      'data',
      'endpoint',
      'featureview',
      'problem',
      'revision',
      'run',
      'version',
    ]);
    const forward = await hub.get(
      `/lineage?node=data:${'d'.repeat(64)}&direction=forward`,
    );
    expect(forward.body.nodes.map((n: { id: string }) => n.id)).toContain(
      'endpoint:flight-delay',
    );
    const early = await hub.get(
      '/lineage?node=endpoint:flight-delay&asOf=2020-01-01',
    );
    expect(early.body).toMatchObject({ edges: [], asOf: expect.any(String) });
  });

  it('hands the version in production to the next run as the one to beat, and refuses to take the problem back', async () => {
    const { run, version } = await train(hub, 'story-run-2', 'two');
    const request = hub.pipelines.started.get(run.id)!;
    expect(request.parameters.champion).toMatch(/^fake:\/\/artifacts\//);
    expect(version).toMatchObject({ version: 2, championVersion: 1 });
    expect(request.environment).toMatchObject({
      PORTAL_URL: 'http://portal.test',
      PORTAL_TOKEN: 'step-token',
      OPENLINEAGE_PARENT_ID: `portal/flight-delay/${run.id}`,
      CI_COMMIT_SHA: commit,
    });
    const compared = await hub.get('/models/flight-delay/compare?versions=1,2');
    expect(compared.body).toMatchObject({
      sameTestWindow: true,
      sameCommit: true,
      sameData: true,
    });
    const removed = await hub.delete(
      '/repositories/flight-delay?idempotencyKey=task-1-undo',
    );
    expect(removed.status).toBe(409);
    expect(removed.body.error.message).toContain('endpoint flight-delay');
  });

  it('leaves one audit entry for each act', async () => {
    const entries = (await hub.get('/audit?limit=200')).body.items;
    const count = (action: string, outcome: string) =>
      entries.filter(
        (entry: { action: string; outcome: string }) =>
          entry.action === action && entry.outcome === outcome,
      ).length;
    expect(count('decideApproval', 'refused')).toBe(1);
    expect(count('decideApproval', 'done')).toBe(1);
    expect(count('startRun', 'done')).toBe(2);
    expect(count('deploy', 'done')).toBe(1);
    expect(count('deleteRepository', 'refused')).toBe(1);
  });
});
