import {
  mockServices,
  startTestBackend,
  TestBackend,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import catalogBackend from '@backstage/plugin-catalog-backend';
import aiModel from '@backstage/plugin-catalog-backend-module-ai-model';
import request from 'supertest';
import { ML_KINDS } from '@mlops-portal/plugin-mlops-common';
import catalogModuleMlops from '..';

type Feature = NonNullable<
  Parameters<typeof startTestBackend>[0]['features']
>[number];

/** The real catalog with upstream's AI model module and ours, which may read from `host`. */
export function startCatalog(
  host: string,
  features: Feature[] = [],
): Promise<TestBackend> {
  return startTestBackend({
    features: [
      catalogBackend,
      aiModel,
      catalogModuleMlops,
      mockServices.rootConfig.factory({
        data: {
          backend: {
            baseUrl: 'http://localhost:7007',
            reading: { allow: [{ host }] },
          },
          catalog: {
            rules: [
              {
                allow: [...ML_KINDS, 'Component', 'API', 'Group', 'AiResource'],
              },
            ],
          },
        },
      }),
      ...features,
    ],
  });
}

export class CatalogUser {
  constructor(private readonly backend: TestBackend) {}

  async register(target: string, query = ''): Promise<request.Response> {
    return request(this.backend.server)
      .post(`/api/catalog/locations${query}`)
      .send({ type: 'url', target });
  }

  async validate(entity: unknown): Promise<request.Response> {
    return request(this.backend.server)
      .post('/api/catalog/validate-entity')
      .send({ entity, location: 'url:http://example.com/catalog-info.yaml' });
  }

  async entity(ref: string): Promise<Entity | undefined> {
    const [kind, name] = ref.split(':');
    const { body, status } = await request(this.backend.server).get(
      `/api/catalog/entities/by-name/${kind}/default/${name}`,
    );
    return status === 200 ? body : undefined;
  }

  /** Waits until `found` gives a value; the catalog works in the background. */
  async until<T>(
    found: () => Promise<T | undefined>,
    what: string,
    timeoutMs = 45_000,
  ): Promise<T> {
    const end = Date.now() + timeoutMs;
    for (;;) {
      const value = await found();
      if (value !== undefined) return value;
      if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
      await new Promise(resolve => setTimeout(resolve, 200));
    }
  }

  async untilRelation(from: string, type: string, to: string): Promise<Entity> {
    return this.until(async () => {
      const entity = await this.entity(from);
      return entity?.relations?.some(r => r.type === type && r.targetRef === to)
        ? entity
        : undefined;
    }, `${from} ${type} ${to}`);
  }
}
