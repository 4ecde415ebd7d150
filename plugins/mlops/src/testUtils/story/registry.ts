import {
  Comparison,
  Model,
  Version,
  VersionDetail,
} from '@mlops-portal/plugin-mlops-common';
import { COMMIT } from './runs';
import { approvals } from './approvals';
import { hoursAgo } from './time';

const DIGEST = `${'c07e'.padEnd(62, '0')}91`;

export function versions(): Version[] {
  const rows: Array<
    [
      number,
      string,
      string[],
      Version['approval'],
      number,
      number | undefined,
      number,
    ]
  > = [
    [6, 'staging', ['challenger'], 'waiting', 0.721, 10, 3.4],
    [5, 'candidate', [], 'refused', 0.72, undefined, 34 * 24],
    [4, 'production', ['champion'], 'approved', 0.704, 90, 63 * 24],
    [3, 'archived', [], 'approved', 0.712, undefined, 98 * 24],
    [2, 'archived', [], 'approved', 0.701, undefined, 119 * 24],
    [1, 'archived', [], undefined, 0, undefined, 122 * 24],
  ];
  return rows.map(
    ([version, stage, aliases, approval, value, percent, age]): Version => ({
      model: 'flight-delay',
      version,
      state: version === 1 ? 'failed' : 'ready',
      reason:
        version === 1
          ? 'the digest of the artefact differs from what the run reported'
          : undefined,
      stage,
      aliases,
      createdAt: hoursAgo(age),
      runId: `run-${version === 6 ? 47 : 20 + version}`,
      runNumber: version === 6 ? 47 : 20 + version,
      commit:
        version === 6 ? COMMIT : '4be91c7aa0112233445566778899aabbccddeeff',
      dataVersion:
        version === 6 ? '9f3c61'.padEnd(64, 'a') : '41aa07'.padEnd(64, 'b'),
      metrics:
        version === 1
          ? {}
          : {
              roc_auc: value,
              brier: 0.0943 + (6 - version) * 0.004,
              log_loss: 0.31 + (6 - version) * 0.01,
            },
      primary: version === 1 ? undefined : { name: 'roc_auc', value },
      train: {
        from: version === 6 ? '2001-02-19' : '2001-01-01',
        to: version === 6 ? '2001-05-06' : '2001-02-28',
        rows: version === 6 ? 1268907 : 972416,
      },
      test: { from: '2001-05-07', to: '2001-05-13', rows: 112830 },
      approval,
      traffic:
        percent === undefined ? [] : [{ endpoint: 'flight-delay', percent }],
    }),
  );
}

export function model(name = 'flight-delay'): Model {
  const all = versions();
  return {
    name,
    task: 'binary',
    versions: all.length,
    latest: all[0],
    champion: all[2],
    challenger: all[0],
    stages: ['development', 'candidate', 'staging', 'production', 'archived'],
  };
}

export function versionDetail(number: number): VersionDetail {
  const version = versions().find(v => v.version === number) ?? versions()[0];
  const bend = number === 6 ? 1.72 : 1.58;
  const skew = number === 6 ? 1 : 1.6;
  return {
    ...version,
    artifact: {
      uri: `file:///data/artifacts/flight-delay/${number}`,
      sha256: DIGEST,
      format: 'onnx',
      sizeBytes: 3_400_000,
      files: [
        { name: 'model.onnx', sha256: DIGEST, sizeBytes: 3_390_000 },
        { name: 'signature.json', sha256: DIGEST, sizeBytes: 1800 },
      ],
    },
    framework: 'scikit-learn 1.7',
    signature: {
      task: 'binary',
      classes: ['no', 'yes'],
      inputs: [
        { name: 'dep_hour', datatype: 'FP64', shape: [-1, 1] },
        { name: 'distance', datatype: 'FP64', shape: [-1, 1] },
        { name: 'origin', datatype: 'BYTES', shape: [-1, 1] },
        { name: 'prev_delay_origin', datatype: 'FP64', shape: [-1, 1] },
      ],
      sample: {
        dep_hour: 17,
        distance: 862,
        origin: 'ORD',
        prev_delay_origin: null,
      },
    },
    parameters:
      number === 6
        ? {
            learning_rate: 0.047,
            max_depth: 6,
            n_estimators: 380,
            subsample: 0.85,
            seed: 1,
          }
        : {
            learning_rate: 0.08,
            max_depth: 7,
            n_estimators: 240,
            subsample: 1,
            seed: 1,
          },
    baseline: { roc_auc: 0.5, brier: 0.0994, log_loss: 0.35 },
    champion:
      number === 4 ? {} : { roc_auc: 0.704, brier: 0.1021, log_loss: 0.33 },
    championVersion: 4,
    gate: [
      {
        condition: 'better than the baseline',
        state: 'met',
        detail: 'AUC 0.721 against 0.5',
      },
      {
        condition: 'better than production on the same rows',
        state: number === 6 ? 'met' : 'unknown',
        detail: number === 6 ? '+0.017' : 'nothing was in production',
      },
      {
        condition: 'at least 1,000 test rows',
        state: 'met',
        detail: '112,830',
      },
    ],
    plots: {
      roc: Array.from({ length: 41 }, (_, i): [number, number] => [
        i / 40,
        Math.min(1, 1 - (1 - i / 40) ** bend),
      ]),
      calibration: Array.from({ length: 10 }, (_, i) => ({
        predicted: (0.03 + i * 0.028) * skew,
        observed: 0.03 + i * 0.028,
        n: 11283,
      })),
      confusion: {
        labels: ['no', 'yes'],
        matrix: [
          [81200, 19000],
          [6300, 6330],
        ],
      },
    },
    slices: [
      ['origin', 'ORD', 6245, 0.731],
      ['origin', 'ATL', 6026, 0.724],
      ['origin', 'DFW', 5750, 0.716],
      ['distance', 'under 500', 58114, 0.723],
      ['distance', 'over 1500', 12467, 0.702],
      ['dep_hour', 'before 9', 21630, 0.735],
    ].map(([column, value, n, metric]) => ({
      column: String(column),
      value: String(value),
      n: Number(n),
      metric: Number(metric),
      baseline: Number(metric) - 0.018,
    })),
    importances: {
      dep_hour: 0.34,
      prev_delay_origin: 0.31,
      origin: 0.2,
      distance: 0.15,
    },
    approvals: number === 6 ? approvals() : [],
    transitions: [
      {
        at: hoursAgo(3.42),
        actor: 'system',
        what: 'registered',
        reason: 'run #47',
      },
      { at: hoursAgo(3.41), actor: 'system', what: 'ready' },
      {
        at: hoursAgo(1.47),
        actor: 'user:default/ann',
        what: 'stage',
        from: 'candidate',
        to: 'staging',
        reason: 'canary',
      },
    ],
  };
}

export function comparison(numbers: number[]): Comparison {
  const list = numbers.map(versionDetail);
  const values = (name: string) => list.map(v => v.metrics[name] ?? null);
  return {
    versions: list,
    metrics: [
      {
        name: 'roc_auc',
        direction: 'maximize',
        values: values('roc_auc'),
        better: 1,
      },
      {
        name: 'brier',
        direction: 'minimize',
        values: values('brier'),
        better: 1,
      },
      {
        name: 'log_loss',
        direction: 'minimize',
        values: values('log_loss'),
        better: 1,
      },
    ],
    parameters: Object.keys(list[0].parameters).map(name => ({
      name,
      values: list.map(v => v.parameters[name]),
      differs: new Set(list.map(v => v.parameters[name])).size > 1,
    })),
    sameTestWindow: true,
    sameCommit: false,
    sameData: false,
  };
}
