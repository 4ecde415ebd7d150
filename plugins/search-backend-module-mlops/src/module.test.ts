import {
  coreServices,
  createBackendModule,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import searchPlugin from '@backstage/plugin-search-backend';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { MlopsDocument } from '@mlops-portal/plugin-mlops-common';
import request from 'supertest';
import { flightDelay, HubAnswers, hubWith } from './__testUtils__/hub';
import { searchModuleMlops } from './module';

jest.setTimeout(120_000);

type Backend = Awaited<ReturnType<typeof startTestBackend>>;
const backends: Backend[] = [];

/** A backend with the real search, and its turn of indexing. */
async function start(
  answers: HubAnswers,
  may: AuthorizeResult.ALLOW | AuthorizeResult.DENY = AuthorizeResult.ALLOW,
) {
  let scheduler: SchedulerService | undefined;
  const turns = createBackendModule({
    pluginId: 'search',
    moduleId: 'turns',
    register(reg) {
      reg.registerInit({
        deps: { given: coreServices.scheduler },
        async init({ given }) {
          scheduler = given;
        },
      });
    },
  });
  const backend = await startTestBackend({
    features: [
      searchPlugin,
      searchModuleMlops,
      hubWith(answers),
      turns,
      mockServices.scheduler.factory({ skipTaskRunOnStartup: true }),
      mockServices.permissions.factory({ result: may }),
      mockServices.rootConfig.factory({
        data: { permission: { enabled: true } },
      }),
    ],
  });
  backends.push(backend);
  return {
    backend,
    index: () => scheduler!.triggerTask('search_index_mlops'),
  };
}

async function started(...given: Parameters<typeof start>) {
  const { backend, index } = await start(...given);
  await index();
  return backend;
}

async function search(backend: Backend, term: string, more = '') {
  const answer = await request(backend.server).get(
    `/api/search/query?term=${encodeURIComponent(term)}${more}`,
  );
  expect(answer.status).toBe(200);
  return (answer.body.results as Array<{ document: MlopsDocument }>).map(
    ({ document }) => document,
  );
}

const kinds = (documents: MlopsDocument[]) =>
  [...new Set(documents.map(({ kind }) => kind))].sort();

describe('search in what the hub knows', () => {
  let backend: Backend;
  beforeAll(async () => {
    backend = await started(flightDelay());
  });
  afterAll(async () => {
    await Promise.all(backends.map(one => one.stop()));
  });

  it.each([
    ['origin', 'dataset', '/ml/datasets/flights'],
    ['recent_delay', 'featureView', '/ml/feature-views/flight-delay-features'],
    ['roc_auc', 'version', '/ml/models/flight-delay/versions/3'],
    ['brier', 'version', '/ml/models/flight-delay/versions/3'],
    ['64df1f5', 'run', '/ml/runs/r1'],
    ['64df1f5818a616b4f721d5830f48176ba512625d', 'run', '/ml/runs/r1'],
    ['v3', 'version', '/ml/models/flight-delay/versions/3'],
    ['punctuality', 'problem', '/ml/problems/flight-delay'],
    ['punctuality', 'endpoint', '/ml/endpoints/flight-delay'],
    ['late flight', 'problem', '/ml/problems/flight-delay'],
    ['disk', 'run', '/ml/runs/r1'],
    ['recent_delay', 'alert', '/ml/alerts/a1'],
    ['Audit', 'page', '/ml/audit'],
  ])('finds "%s": a %s', async (term, kind, location) => {
    expect(await search(backend, term)).toContainEqual(
      expect.objectContaining({ kind, location }),
    );
  });

  it('finds a column whose name is not written in Latin letters', async () => {
    const [best] = await search(backend, 'تاخیر');
    expect(best).toMatchObject({ kind: 'dataset', name: 'flights' });
  });

  it('guesses a word with a wrong letter, but not every word of three letters', async () => {
    expect(kinds(await search(backend, 'flighht'))).toContain('problem');
    const found = await search(backend, 'roc_auc', '&pageLimit=100');
    expect(kinds(found)).not.toContain('page');
  });

  it('finds every part of a loop by its name, each with owner and state', async () => {
    const found = await search(backend, 'flight-delay', '&pageLimit=100');
    expect(kinds(found)).toEqual(
      expect.arrayContaining([
        'alert',
        'endpoint',
        'featureView',
        'model',
        'pipeline',
        'problem',
        'run',
        'version',
      ]),
    );
    expect(found.find(d => d.kind === 'run')).toMatchObject({
      title: 'flight-delay #7',
      owner: 'group:default/punctuality',
      state: 'failed',
    });
  });

  it('narrows by the kind of document', async () => {
    const found = await search(
      backend,
      'roc_auc',
      '&types[0]=mlops&filters[kind]=version',
    );
    expect(kinds(found)).toEqual(['version']);
  });

  it('answers with nothing, not with an error, while there is no document', async () => {
    const { backend: empty } = await start(flightDelay());
    expect(await search(empty, 'roc_auc', '&types[0]=mlops')).toEqual([]);
  });

  it('shows nothing to a person who may not read the hub', async () => {
    const closed = await started(flightDelay(), AuthorizeResult.DENY);
    expect(await search(closed, 'roc_auc')).toEqual([]);
  });

  it('keeps the others when one part of the hub does not answer', async () => {
    const { '/alerts': _, ...others } = flightDelay();
    const found = await search(await started(others), 'recent_delay');
    expect(kinds(found)).not.toContain('alert');
    expect(kinds(found)).toContain('featureView');
  });

  it('keeps its last answer when the hub stops answering, and shows what is new at the next turn', async () => {
    const answers = flightDelay();
    const { backend: lasting, index } = await start(answers);
    await index();
    const all = { ...answers };
    for (const path of Object.keys(answers)) delete answers[path];
    await index();
    expect(await search(lasting, 'brier')).not.toEqual([]);

    Object.assign(answers, all, {
      '/problems': {
        items: [
          {
            name: 'taxi-fare',
            title: 'What will this ride cost?',
            owner: 'group:default/ml',
            health: 'unknown',
            metric: { name: 'mean_absolute_error' },
          },
        ],
        total: 1,
      },
    });
    await index();
    const [best] = await search(lasting, 'taxi');
    expect(best).toMatchObject({ kind: 'problem', name: 'taxi-fare' });
    const problems = await search(lasting, '', '&filters[kind]=problem');
    expect(problems.map(({ name }) => name)).toEqual(['taxi-fare']);
  });
});
