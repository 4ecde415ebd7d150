import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { catalogFacts } from './catalogFacts';

function api(name: string, spec: object, relations: [string, string][]) {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'API',
    metadata: { name, namespace: 'default' },
    spec: { type: 'ml-endpoint', ...spec },
    relations: relations.map(([type, targetRef]) => ({ type, targetRef })),
  };
}

const app = 'component:default/gate-planner';

function consumersOf(endpoint: string, entities: ReturnType<typeof api>[]) {
  const facts = catalogFacts({
    catalog: catalogServiceMock({ entities }),
    auth: mockServices.auth(),
  });
  return facts.consumers(endpoint, {
    actor: 'user:default/ada',
    credentials: mockCredentials.user(),
    signal: new AbortController().signal,
  });
}

describe('consumers of an endpoint', () => {
  it('are found by the model that the endpoint deploys', async () => {
    const entity = api('flight-delay-endpoint', {}, [
      ['deploys', 'mlmodel:default/flight-delay'],
      ['apiConsumedBy', app],
    ]);
    expect(await consumersOf('flight-delay', [entity])).toEqual([app]);
  });

  it('are found by the name of the endpoint, each once', async () => {
    const entity = api('flight-delay', {}, [
      ['apiConsumedBy', app],
      ['apiConsumedBy', app],
    ]);
    expect(await consumersOf('flight-delay', [entity])).toEqual([app]);
  });

  it('are not those of other endpoints or of other APIs of the model', async () => {
    const other = api('churn-endpoint', {}, [
      ['deploys', 'mlmodel:default/churn'],
      ['apiConsumedBy', app],
    ]);
    const docs = api('flight-docs', { type: 'openapi' }, [
      ['deploys', 'mlmodel:default/flight-delay'],
      ['apiConsumedBy', app],
    ]);
    expect(await consumersOf('flight-delay', [other, docs])).toEqual([]);
  });
});
