import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';

/** What the hub of a test answers, by path; a path that is missing answers 503. Change it while the backend runs. */
export type HubAnswers = Record<string, unknown>;

const COMMIT = '64df1f5818a616b4f721d5830f48176ba512625d';

const version = {
  model: 'flight-delay',
  version: 3,
  state: 'ready',
  stage: 'development',
  aliases: [],
  createdAt: '2026-11-24T15:19:29.891Z',
  commit: COMMIT,
  metrics: { roc_auc: 0.69, brier: 0.15 },
  traffic: [],
};

const page = (...items: unknown[]) => ({ items, total: items.length });

/** One problem with everything that its loop makes. */
export function flightDelay(): HubAnswers {
  const name = 'flight-delay';
  return {
    '/problems': page({
      name,
      title: 'Will this flight be late?',
      owner: 'group:default/punctuality',
      health: 'drift',
      metric: { name: 'roc_auc' },
    }),
    '/pipelines': page({
      name,
      latestCommit: COMMIT,
      lastRun: { state: 'succeeded', message: 'Look at the day' },
    }),
    '/runs': page({
      id: 'r1',
      number: 7,
      pipeline: name,
      state: 'failed',
      reason: 'the disk is full',
      commit: COMMIT,
      message: 'Look at the day',
      metric: { name: 'roc_auc', value: 0.69 },
    }),
    '/models': page({ name, task: 'binary', latest: version }),
    [`/models/${name}/versions`]: page(version),
    '/endpoints': page({
      name,
      state: 'answering',
      url: 'http://127.0.0.1:7010/v2/models/flight-delay/infer',
      revisions: [{ version: 3, percent: 100 }],
    }),
    '/alerts': page({
      id: 'a1',
      endpoint: name,
      kind: 'drift',
      subject: 'recent_delay',
      state: 'firing',
      title: 'recent_delay drifts',
    }),
    '/datasets': page({
      name: 'flights',
      title: 'Flights of 2001',
      owner: 'group:default/airport',
      source: { platform: 'file', uri: 'file:///data/flights.parquet' },
      freshness: { state: 'fresh' },
      lastVersion: { id: 'd1' },
    }),
    '/datasets/flights/versions/d1': {
      schema: [{ name: 'origin' }, { name: 'تاخیر' }],
    },
    '/feature-views': page({ name: 'flight-delay-features' }),
    '/feature-views/flight-delay-features': {
      name: 'flight-delay-features',
      title: 'Features of flight-delay',
      owner: '',
      freshness: { state: 'fresh' },
      schema: [{ name: 'recent_delay' }],
    },
  };
}

/** A plugin in the hub's place that only plugins may ask. */
export function hubWith(answers: HubAnswers) {
  return createBackendPlugin({
    pluginId: 'mlops',
    register(reg) {
      reg.registerInit({
        deps: { http: coreServices.httpRouter, auth: coreServices.httpAuth },
        async init({ http, auth }) {
          http.use(async (req, res) => {
            await auth.credentials(req, { allow: ['service'] });
            const answer = answers[req.path];
            if (answer) res.json(answer);
            else res.status(503).json({ error: { message: 'no answer' } });
          });
        },
      });
    },
  });
}
