import { randomUUID } from 'node:crypto';
import { stringify } from 'yaml';

/** A compiled pipeline as the hub reads it, with these parameters. */
export function compiledPipeline(
  parameters: string[] = ['until', 'champion', 'data_version'],
): string {
  return stringify({
    pipelineInfo: { name: 'flight-delay' },
    schemaVersion: '2.1.0',
    deploymentSpec: { executors: {} },
    root: {
      inputDefinitions: {
        parameters: Object.fromEntries(
          parameters.map(name => [name, { parameterType: 'STRING' }]),
        ),
      },
    },
  });
}

export const problemYaml = `name: flight-delay
title: Late flights
task: binary
time: date
risk: limited
metric: {name: roc_auc, target: 0.65}
`;

const signature = {
  task: 'binary',
  classes: ['no', 'yes'],
  inputs: [{ name: 'distance', datatype: 'FP64', shape: [-1, 1] }],
  sample: { distance: 210 },
};

/** Files of an artefact; another `weights` is another version. */
export function artefactFiles(weights = 'one'): Record<string, string> {
  return {
    'model.onnx': weights,
    'signature.json': JSON.stringify(signature),
    'profile.json': JSON.stringify({
      version: 1,
      rows: 10,
      features: { distance: { kind: 'number', importance: 0.7 } },
    }),
  };
}

/** The run event with which a register step reports a model. */
export function modelEvent(
  model: { runId: string; uri: string; sha256: string },
  changes: {
    gate?: Array<{ condition: string; state: string }>;
    metrics?: Record<string, number>;
    parameters?: Record<string, unknown>;
    facet?: object;
    eventTime?: string;
  } = {},
) {
  const { runId, uri, sha256 } = model;
  return {
    eventType: 'COMPLETE',
    eventTime: changes.eventTime ?? '2026-11-24T10:00:00Z',
    producer: 'test',
    run: {
      runId: randomUUID(),
      facets: {
        parent: { run: { runId }, job: { namespace: 'portal', name: 'p' } },
        mlops_metrics: {
          metrics: changes.metrics ?? { roc_auc: 0.71, log_loss: 0.4 },
          baseline: { roc_auc: 0.5 },
          champion: {},
          gate: changes.gate ?? [
            { condition: 'roc_auc >= 0.65', state: 'met', detail: '0.71' },
          ],
          window: { from: '2001-02-22', to: '2001-03-01', rows: 100 },
          train: { from: '2001-01-01', to: '2001-02-22', rows: 1000 },
        },
        mlops_parameters: { parameters: changes.parameters ?? { trees: 50 } },
        mlops_trials: {
          metric: 'roc_auc',
          trials: [
            { candidate: 0, parameters: { trees: 20 }, value: 0.69 },
            { candidate: 1, parameters: { trees: 50 }, value: 0.7 },
          ],
        },
      },
    },
    job: {
      namespace: 'portal',
      name: 'flight-delay.register',
      facets: { sourceCodeLocation: { version: 'a'.repeat(40) } },
    },
    inputs: [],
    outputs: [
      {
        namespace: 'portal',
        name: 'flight-delay',
        facets: {
          datasetType: { datasetType: 'MODEL' },
          mlops_model: {
            uri,
            sha256,
            format: 'onnx',
            framework: 'lightgbm',
            task: 'binary',
            signature,
            ...changes.facet,
          },
        },
      },
    ],
  };
}

/** The run event of the step that reads the data. */
export function dataEvent(runId: string, version = 'd'.repeat(64)) {
  return {
    eventType: 'COMPLETE',
    eventTime: '2026-11-24T09:00:00Z',
    producer: 'test',
    run: { runId: randomUUID(), facets: { parent: { run: { runId } } } },
    job: { namespace: 'portal', name: 'flight-delay.extract' },
    inputs: [
      {
        namespace: 'portal',
        name: '/data/flights.parquet',
        facets: {
          version: { datasetVersion: version },
          schema: { fields: [{ name: 'distance', type: 'float' }] },
        },
        inputFacets: { dataQualityMetrics: { rowCount: 1000 } },
      },
    ],
    outputs: [],
  };
}
