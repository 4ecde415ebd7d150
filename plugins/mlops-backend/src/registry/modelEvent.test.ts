import { parseRunEvent } from '../openlineage/runEvent';
import { modelEvent } from '../__testUtils__/story';
import { modelsOf } from './modelEvent';

const model = { runId: 'r', uri: '/runs/model', sha256: 'c'.repeat(64) };
const models = (...given: Parameters<typeof modelEvent>) =>
  modelsOf(parseRunEvent(modelEvent(...given)));

describe('modelsOf', () => {
  it('reads what a run reports of its model', () => {
    expect(models(model)).toMatchObject([
      {
        model: 'flight-delay',
        artifact: { uri: '/runs/model', format: 'onnx' },
        facts: {
          metrics: { roc_auc: 0.71 },
          gate: [{ state: 'met' }],
          parameters: { trees: 50 },
          test: { rows: 100 },
        },
      },
    ]);
  });

  it('makes nothing of a run that has not completed, or of other outputs', () => {
    const event = modelEvent(model);
    for (const eventType of ['START', 'FAIL', 'RUNNING']) {
      expect(modelsOf(parseRunEvent({ ...event, eventType }))).toEqual([]);
    }
    const table = { namespace: 'x', name: 'table', facets: {} };
    expect(modelsOf(parseRunEvent({ ...event, outputs: [table] }))).toEqual([]);
  });

  it.each([
    [{ format: 'pickle' }, 'not a format that may be served'],
    [{ sha256: 'short' }, 'sha256'],
    [{ uri: '' }, 'uri'],
    [{ signature: { task: 'binary' } }, 'inputs'],
  ])('refuses a model with %j', (facet, why) => {
    expect(() => models(model, { facet })).toThrow(why);
  });

  it('refuses a name that no model can have, and a model without metrics', () => {
    const named = modelEvent(model);
    named.outputs[0].name = 'Flight Delay';
    expect(() => modelsOf(parseRunEvent(named))).toThrow('Flight Delay');
    const bare = modelEvent(model) as {
      run: { facets: Record<string, unknown> };
    };
    delete bare.run.facets.mlops_metrics;
    expect(() => modelsOf(parseRunEvent(bare))).toThrow('mlops_metrics');
  });

  it('leaves out metrics that could not be computed', () => {
    const metrics = { roc_auc: 0.7, log_loss: null as unknown as number };
    expect(models(model, { metrics })[0].facts.metrics).toEqual({
      roc_auc: 0.7,
    });
  });
});
