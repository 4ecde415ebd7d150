import { CapturedPrediction } from '../slices';
import { GraphStore } from './GraphStore';
import {
  predictionIdOf,
  redactTrace,
  TraceDeps,
  tracePrediction,
} from './trace';

const prediction: CapturedPrediction = {
  id: 'request-1/0',
  at: '2026-11-24T10:00:00.000Z',
  endpoint: 'flight-delay',
  version: 2,
  revision: 'rev-2',
  features: { distance: 210 },
  prediction: 0.4,
  label: null,
};

function deps(found: CapturedPrediction | undefined): TraceDeps {
  const edges = [
    {
      from: 'version:flight-delay/2',
      to: 'run:r',
      kind: 'madeBy',
      valid_from: '2026-11-20T00:00:00.000Z',
      valid_to: null,
      recorded_at: '2026-11-20T00:00:00.000Z',
      facts: '{}',
    },
  ];
  return {
    graph: {
      knows: async () => false,
      edges: async (_: string, ids: string[]) =>
        edges.filter(({ from }) => ids.includes(from)),
      nodes: async (ids: string[]) =>
        new Map(ids.map(id => [id, { id, kind: 'x', title: id, facts: {} }])),
    } as unknown as GraphStore,
    monitoring: { prediction: async () => found },
    registry: {
      getVersion: async () =>
        ({
          runId: 'r',
          commit: 'c',
          dataVersion: 'd',
          approvals: [
            { state: 'withdrawn', decidedBy: 'policy' },
            { state: 'approved', decidedBy: 'user:default/bo' },
          ],
        } as never),
    },
    serving: {
      versionOfRevision: async () => ({ model: 'flight-delay', version: 2 }),
    },
  };
}

describe('tracePrediction', () => {
  it('goes from the prediction to version, run, commit, data and approver', async () => {
    const trace = await tracePrediction(
      deps(prediction),
      'flight-delay',
      'request-1/0',
    );
    expect(trace).toMatchObject({
      predictionId: 'request-1/0',
      version: 2,
      runId: 'r',
      commit: 'c',
      dataVersion: 'd',
      approvedBy: 'user:default/bo',
      features: { distance: 210 },
    });
    const { lineage } = trace;
    expect(lineage.focus).toBe('prediction:request-1/0');
    expect(lineage.nodes.filter(({ focus }) => focus)).toHaveLength(1);
    expect(lineage.edges.map(({ from, to }) => [from, to])).toEqual([
      ['prediction:request-1/0', 'endpoint:flight-delay'],
      ['prediction:request-1/0', 'features:request-1/0'],
      ['endpoint:flight-delay', 'revision:rev-2'],
      ['revision:rev-2', 'version:flight-delay/2'],
      ['version:flight-delay/2', 'run:r'],
    ]);
  });

  it('carries the features as a node, and hides them with what may not be read', async () => {
    const trace = await tracePrediction(
      deps(prediction),
      'flight-delay',
      'request-1/0',
    );
    const given = trace.lineage.nodes.find(n => n.kind === 'features');
    expect(given).toMatchObject({
      title: '1 values',
      facts: { distance: 210 },
    });
    const ids = trace.lineage.nodes.map(({ id }) => id);
    const without = new Set(
      ids.filter(id => !/^(features|run):/.test(id)).concat('commit:c'),
    );
    const seen = redactTrace(trace, without);
    expect(seen).toMatchObject({ features: {}, commit: 'c' });
    expect(seen.runId).toBeUndefined();
    expect(seen.dataVersion).toBeUndefined();
    expect(seen.lineage.nodes.filter(n => n.redacted)).toHaveLength(2);
  });

  it('starts at the revision where it is known', async () => {
    const known = deps(prediction);
    known.graph.knows = async () => true;
    const trace = await tracePrediction(known, 'flight-delay', 'request-1/0');
    expect(
      trace.lineage.edges.map(({ from, to }) => [from, to]),
    ).toContainEqual(['revision:rev-2', 'version:flight-delay/2']);
  });

  it('does without a revision', async () => {
    const without = { ...prediction, revision: undefined };
    const { lineage } = await tracePrediction(
      deps(without),
      'flight-delay',
      'x',
    );
    expect(lineage.edges.map(({ to }) => to)).toContain(
      'version:flight-delay/2',
    );
    expect(lineage.nodes.some(({ kind }) => kind === 'revision')).toBe(false);
  });

  it('says that a prediction was not captured', async () => {
    const asked = tracePrediction(deps(undefined), 'flight-delay', 'x/0');
    await expect(asked).rejects.toMatchObject({
      name: 'NotFoundError',
      message: expect.stringContaining('x/0'),
    });
  });
});

describe('predictionIdOf', () => {
  it('reads the row behind the last tilde', () => {
    expect(predictionIdOf('request~1~7')).toBe('request~1/7');
    expect(predictionIdOf('request/7')).toBe('request/7');
  });
});
