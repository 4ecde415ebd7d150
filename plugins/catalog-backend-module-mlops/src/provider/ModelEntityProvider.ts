import type {
  AuthService,
  LoggerService,
  SchedulerServiceTaskRunner,
} from '@backstage/backend-plugin-api';
import { ANNOTATION_LOCATION, Entity } from '@backstage/catalog-model';
import { stringifyError } from '@backstage/errors';
import type {
  CatalogService,
  EntityProvider,
  EntityProviderConnection,
} from '@backstage/plugin-catalog-node';
import { KIND_MODEL } from '@mlops-portal/plugin-mlops-common';
import type { HubModel, HubModels } from './hubModels';
import { HUB_LOCATION, modelEntity } from './modelEntity';

/** A smaller set may vanish at once: half of two is one. */
const SMALL_SET = 3;

export interface ModelEntityProviderOptions {
  hub: HubModels;
  catalog: CatalogService;
  auth: AuthService;
  logger: LoggerService;
  schedule: SchedulerServiceTaskRunner;
}

/**
 * Shows models that the hub knows and no file declares. Its entities carry no location key, so a
 * catalog-info.yaml that comes later takes them over. A set that shrinks by more than half at once is
 * kept: that is how a hub looks which has lost its memory, not how teams retire models.
 */
export class ModelEntityProvider implements EntityProvider {
  constructor(private readonly options: ModelEntityProviderOptions) {}

  getProviderName(): string {
    return 'mlops-hub-models';
  }

  async connect(connection: EntityProviderConnection): Promise<void> {
    await this.options.schedule.run({
      id: 'mlops-hub-models',
      fn: async signal => {
        try {
          await this.refresh(connection, signal as AbortSignal);
        } catch (error) {
          this.options.logger.warn(
            `Models of the hub were not read, the entities of the last time stay: ${stringifyError(
              error,
            )}`,
          );
        }
      },
    });
  }

  /** One round: read the hub, validate each entity, hand over the set. Rejects when hub or catalog do not answer. */
  async refresh(
    connection: EntityProviderConnection,
    signal: AbortSignal,
  ): Promise<void> {
    const models = await this.options.hub(signal);
    const { ours, declared } = await this.known();
    const entities = this.sound(models.filter(m => !declared.has(m.name)));
    const names = new Set(models.map(m => m.name));
    const vanished = [...ours].filter(name => !names.has(name)).length;
    if (ours.size >= SMALL_SET && vanished * 2 > ours.size) {
      this.options.logger.warn(
        `The hub no longer knows ${vanished} of ${ours.size} models shown in the catalog; all are kept. If they are gone for good, unregister them`,
      );
      return;
    }
    await connection.applyMutation({
      type: 'full',
      entities: entities.map(entity => ({ entity })),
    });
  }

  private sound(models: HubModel[]): Entity[] {
    return models.flatMap(model => {
      try {
        return [modelEntity(model)];
      } catch (error) {
        this.options.logger.warn(
          `A model of the hub is left out of the catalog: ${stringifyError(
            error,
          )}`,
        );
        return [];
      }
    });
  }

  /** Names of models in the catalog: made here, and declared by files. */
  private async known() {
    const credentials = await this.options.auth.getOwnServiceCredentials();
    const { items } = await this.options.catalog.getEntities(
      {
        filter: { kind: KIND_MODEL, 'metadata.namespace': 'default' },
        fields: ['kind', 'metadata'],
      },
      { credentials },
    );
    const ours = new Set<string>();
    const declared = new Set<string>();
    for (const entity of items) {
      const location = entity.metadata.annotations?.[ANNOTATION_LOCATION];
      (location === HUB_LOCATION ? ours : declared).add(entity.metadata.name);
    }
    return { ours, declared };
  }
}
