import { EndpointDetail } from '@mlops-portal/plugin-mlops-common';
import { Answers, FakeRequest } from '../answers';
import { hoursAgo } from './time';

const STEP_SECONDS = 300;

export function endpoint(over: Partial<EndpointDetail> = {}): EndpointDetail {
  const revision = {
    model: 'flight-delay',
    state: 'answering' as const,
    errors: 0,
    p50Ms: 4,
    p95Ms: 11.2,
  };
  return {
    name: 'flight-delay',
    engine: 'local',
    model: 'flight-delay',
    state: 'canary',
    url: 'http://127.0.0.1:7010/v2/models/flight-delay/infer',
    riskClass: 'limited',
    generation: 9,
    observedAt: hoursAgo(0.005),
    createdAt: hoursAgo(3000),
    consumers: ['gate-planner', 'crew-roster'],
    revisions: [
      {
        ...revision,
        id: 'rev-8',
        number: 8,
        version: 4,
        percent: 90,
        requests: 1178,
        createdAt: hoursAgo(1500),
      },
      {
        ...revision,
        id: 'rev-9',
        number: 9,
        version: 6,
        state: 'canary',
        percent: 10,
        requests: 131,
        createdAt: hoursAgo(1.5),
      },
    ],
    rollout: {
      version: 6,
      steps: [10, 25, 50, 100],
      at: 0,
      state: 'running',
      startedAt: hoursAgo(1.47),
      stepSince: hoursAgo(1.47),
      checks: [
        { condition: 'answers', state: 'met', detail: '' },
        {
          condition: 'errors at most 1.0 %',
          state: 'unknown',
          detail: '0 of 131 requests, not enough data: 1000 needed',
        },
      ],
      approvalId: 'apr-118',
    },
    changes: [
      {
        id: 'c9',
        number: 9,
        at: hoursAgo(1.5),
        actor: 'user:default/ann',
        reason: 'canary of the retrained model',
        what: 'canary',
        traffic: [
          { version: 4, percent: 90 },
          { version: 6, percent: 10 },
        ],
        outcome: 'answering',
      },
      {
        id: 'c8',
        number: 8,
        at: hoursAgo(1500),
        actor: 'user:default/ben',
        reason: 'AUC +0.011 over v3',
        what: 'promote',
        traffic: [{ version: 4, percent: 100 }],
        outcome: 'replaced',
      },
      {
        id: 'c7',
        number: 7,
        at: hoursAgo(1520),
        actor: 'policy',
        reason: 'p95 68 ms over 50 ms for 10 min',
        what: 'auto-rollback',
        traffic: [{ version: 3, percent: 100 }],
        outcome: 'rolled-back',
      },
    ],
    signature: {
      task: 'binary',
      classes: ['on time', 'late'],
      inputs: [
        { name: 'distance', datatype: 'FP32', shape: [-1, 1] },
        { name: 'hour', datatype: 'INT64', shape: [-1, 1] },
        { name: 'origin', datatype: 'BYTES', shape: [-1, 1] },
        { name: 'destination', datatype: 'BYTES', shape: [-1, 1] },
      ],
    },
    sample: {
      inputs: [
        { name: 'distance', datatype: 'FP32', shape: [1, 1], data: [1721] },
        { name: 'hour', datatype: 'INT64', shape: [1, 1], data: [17] },
        { name: 'origin', datatype: 'BYTES', shape: [1, 1], data: ['ORD'] },
        {
          name: 'destination',
          datatype: 'BYTES',
          shape: [1, 1],
          data: ['SEA'],
        },
      ],
    },
    snippets: [
      { language: 'bash', title: 'curl', code: 'curl -s http://127.0.0.1' },
      { language: 'python', title: 'Python', code: 'import json' },
    ],
    ...over,
  };
}

/** A day of requests in steps of five minutes, by two versions. */
function series() {
  const now = Math.floor(Date.now() / 1000 / STEP_SECONDS) * STEP_SECONDS;
  const points = (from: number, value: (i: number) => number) =>
    Array.from({ length: 288 - from }, (_, i): [number, number] => [
      now - (288 - from - i) * STEP_SECONDS,
      value(from + i),
    ]);
  const wave = (i: number) => 0.12 + 0.1 * Math.cos((i / 288) * 2 * Math.PI);
  const lines = (old: (i: number) => number, young: (i: number) => number) => [
    { revision: 'rev-8', version: 4, points: points(0, old) },
    { revision: 'rev-9', version: 6, points: points(270, young) },
  ];
  return {
    series: [
      { metric: 'requests', unit: '1/s', series: lines(wave, () => 0.02) },
      {
        metric: 'errors',
        unit: '1/s',
        series: lines(
          i => (i === 200 ? 0.0067 : 0),
          () => 0,
        ),
      },
      {
        metric: 'p50',
        unit: 'ms',
        series: lines(
          i => 4 + (i % 5) * 0.2,
          () => 4.4,
        ),
      },
      {
        metric: 'p95',
        unit: 'ms',
        series: lines(
          i => 11 + (i % 7) * 0.6,
          () => 12,
        ),
      },
    ],
  };
}

/** Answers about the endpoint of the story: v4 with 90 %, v6 as canary. */
export function servingAnswers(detail = endpoint()): Answers {
  const answer = ({ params }: FakeRequest) => ({
    ...detail,
    name: params.name,
  });
  return {
    listEndpoints: () => ({ items: [detail], total: 1 }),
    getEndpoint: answer,
    getEndpointSeries: series,
    deploy: answer,
    promote: answer,
    rollback: answer,
    retire: answer,
    infer: ({ query }) => ({
      model_name: 'flight-delay',
      model_version: query.version ?? '4',
      id: 'request-1',
      outputs: [
        { name: 'prediction', datatype: 'INT64', shape: [1], data: [0] },
        {
          name: 'probabilities',
          datatype: 'FP32',
          shape: [1, 2],
          data: [0.59, 0.41],
        },
      ],
    }),
    getRevisionLog: ({ query }) => {
      const text = 'HTTP server running on 127.0.0.1:40307\n';
      return {
        text: text.slice(Number(query.offset ?? 0)),
        nextOffset: text.length,
        complete: true,
      };
    },
  };
}
