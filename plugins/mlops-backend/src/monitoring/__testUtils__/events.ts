import { PayloadEvent } from '@mlops-portal/plugin-mlops-common';

export interface Asked {
  id: string;
  /** ISO time per row. */
  times: string[];
  numbers?: Record<string, Array<number | null>>;
  texts?: Record<string, Array<string | null>>;
  /** Probability of the positive class, by row. */
  probabilities: number[];
  endpoint?: string;
  version?: number;
}

/** The two events that a gateway sends for one request. */
export function eventsOf(asked: Asked): [PayloadEvent, PayloadEvent] {
  const rows = asked.times.length;
  const head = {
    specversion: '1.0' as const,
    id: asked.id,
    source: '/gateway',
    time: '2026-11-24T10:00:00.000Z',
    inferenceservicename: asked.endpoint ?? 'flights',
    modelversion: String(asked.version ?? 1),
    revision: `r${asked.version ?? 1}`,
  };
  const tensor = (name: string, datatype: string, data: unknown[]) => ({
    name,
    datatype,
    shape: [rows, 1],
    data,
  });
  return [
    {
      ...head,
      type: 'org.kubeflow.serving.inference.request',
      data: {
        id: asked.id,
        parameters: { event_times: asked.times },
        inputs: [
          ...Object.entries(asked.numbers ?? {}).map(([name, data]) =>
            tensor(name, 'FP32', data),
          ),
          ...Object.entries(asked.texts ?? {}).map(([name, data]) =>
            tensor(name, 'BYTES', data),
          ),
        ],
      },
    },
    {
      ...head,
      type: 'org.kubeflow.serving.inference.response',
      data: {
        model_name: 'flights',
        outputs: [
          tensor(
            'prediction',
            'INT64',
            asked.probabilities.map(p => (p > 0.5 ? 1 : 0)),
          ),
          {
            name: 'probabilities',
            datatype: 'FP32',
            shape: [rows, 2],
            data: asked.probabilities.flatMap(p => [1 - p, p]),
          },
        ],
      },
    },
  ];
}

/** Uniform numbers in [0, 1), the same in every run. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
