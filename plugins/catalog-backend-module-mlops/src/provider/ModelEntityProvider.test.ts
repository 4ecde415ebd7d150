import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { HubModel } from './hubModels';
import { HUB_LOCATION, modelEntity } from './modelEntity';
import { ModelEntityProvider } from './ModelEntityProvider';

const model = (name: string, owner: string | undefined = 'group:default/ml') =>
  ({ name, task: 'binary', owner } as HubModel);

function declared(name: string): Entity {
  const entity = modelEntity(model(name));
  return {
    ...entity,
    metadata: {
      ...entity.metadata,
      namespace: 'default',
      annotations: {
        'backstage.io/managed-by-location': 'url:http://git/catalog-info.yaml',
      },
    },
  };
}

function shown(name: string): Entity {
  const entity = modelEntity(model(name));
  return { ...entity, metadata: { ...entity.metadata, namespace: 'default' } };
}

function setup(options: {
  hub: () => Promise<HubModel[]>;
  entities?: Entity[];
}) {
  const logger = mockServices.logger.mock();
  const connection = { applyMutation: jest.fn(), refresh: jest.fn() };
  let task: (signal: AbortSignal) => Promise<void> = async () => {};
  const provider = new ModelEntityProvider({
    hub: options.hub,
    catalog: catalogServiceMock({ entities: options.entities ?? [] }),
    auth: mockServices.auth(),
    logger,
    schedule: {
      run: async ({ fn }) => {
        task = fn as typeof task;
      },
    },
  });
  return {
    logger,
    connection,
    async round() {
      await provider.connect(connection);
      await task(new AbortController().signal);
      return connection.applyMutation.mock.calls.map(([{ entities }]) =>
        entities.map((e: any) => e.entity.metadata.name),
      );
    },
  };
}

describe('ModelEntityProvider', () => {
  it('shows models of the hub that no file declares', async () => {
    const { round, connection } = setup({
      hub: async () => [model('alone'), model('late')],
      entities: [declared('late')],
    });

    expect(await round()).toEqual([['alone']]);
    const [{ entities }] = connection.applyMutation.mock.calls[0];
    expect(entities[0].locationKey).toBeUndefined();
    expect(entities[0].entity).toMatchObject({
      kind: 'MLModel',
      metadata: {
        annotations: { 'backstage.io/managed-by-location': HUB_LOCATION },
      },
      spec: { registry: { provider: 'portal', name: 'alone' } },
    });
  });

  it('leaves a malformed model out, says why, and shows the others', async () => {
    const { round, logger } = setup({
      hub: async () => [
        model('sound'),
        model('no good name!'),
        { name: 'nobodys', task: 'binary' },
      ],
    });

    expect(await round()).toEqual([['sound']]);
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('Model no good name! is no sound entity'),
    );
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('Model nobodys has no owner'),
    );
  });

  it('keeps what it showed when more than half of the models vanish at once', async () => {
    const { round, logger } = setup({
      hub: async () => [model('a')],
      entities: ['a', 'b', 'c', 'd'].map(shown),
    });

    expect(await round()).toEqual([]);
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('no longer knows 3 of 4 models'),
    );
  });

  it('lets single models go', async () => {
    const { round } = setup({
      hub: async () => [model('a'), model('b'), model('c')],
      entities: ['a', 'b', 'c', 'd'].map(shown),
    });

    expect(await round()).toEqual([['a', 'b', 'c']]);
  });

  it('gives models up to the files that now declare them, however many', async () => {
    const { round } = setup({
      hub: async () => ['a', 'b', 'c', 'd'].map(n => model(n)),
      entities: [shown('a'), ...['b', 'c', 'd'].map(declared)],
    });

    expect(await round()).toEqual([['a']]);
  });

  it('keeps what it showed when the hub does not answer', async () => {
    const { round, logger } = setup({
      hub: async () => {
        throw new Error('connect ECONNREFUSED');
      },
      entities: ['a', 'b', 'c'].map(shown),
    });

    expect(await round()).toEqual([]);
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('ECONNREFUSED'),
    );
  });
});
