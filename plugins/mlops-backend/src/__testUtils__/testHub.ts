import { createBackendModule } from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { mlopsEnginesExtensionPoint } from '@mlops-portal/plugin-mlops-node';
import {
  FakeArtifactEngine,
  FakePipelineEngine,
  FakeServingEngine,
  FakeSourceEngine,
} from '@mlops-portal/plugin-mlops-node/testUtils';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request from 'supertest';
import { mlopsPlugin } from '../plugin';

export interface TestHubOptions {
  config?: object;
  /** Permissions that nobody has. */
  denied?: string[];
  /** What the catalog knows. */
  entities?: Entity[];
  /** Leaves the engines out. */
  withoutEngines?: boolean;
}

/** The real backend with the hub and fake engines; asked over HTTP as `user` (default: mock). */
export async function startTestHub(options: TestHubOptions = {}) {
  const home = await mkdtemp(join(tmpdir(), 'hub-'));
  const source = new FakeSourceEngine();
  const pipelines = new FakePipelineEngine();
  const artifacts = new FakeArtifactEngine();
  const serving = new FakeServingEngine();
  const engines = createBackendModule({
    pluginId: 'mlops',
    moduleId: 'fakes',
    register(env) {
      env.registerInit({
        deps: { point: mlopsEnginesExtensionPoint },
        async init({ point }) {
          point.addEngine('source', source);
          point.addEngine('pipelines', pipelines);
          point.addEngine('artifacts', artifacts);
          point.addEngine('serving', serving);
        },
      });
    },
  });
  const denied = options.denied ?? [];
  const backend = await startTestBackend({
    features: [
      mlopsPlugin,
      ...(options.withoutEngines ? [] : [engines]),
      catalogServiceMock.factory({ entities: options.entities }),
      mockServices.permissions.mock({
        authorize: async requests =>
          requests.map(({ permission }) => ({
            result: denied.includes(permission.name)
              ? AuthorizeResult.DENY
              : AuthorizeResult.ALLOW,
          })),
      }).factory,
      mockServices.rootConfig.factory({
        data: {
          backend: { baseUrl: 'http://localhost:7007' },
          mlops: {
            home,
            serving: { canary: { minSeconds: 0, minRequests: 0 } },
            access: { url: 'http://portal.test', token: 'step-token' },
          },
          ...options.config,
        },
      }),
    ],
  });
  const ask =
    (method: 'get' | 'post' | 'put' | 'delete') =>
    (path: string, user = 'mock') =>
      request(backend.server)
        [method](`/api/mlops${path}`)
        .set(
          'authorization',
          mockCredentials.user.header(`user:default/${user}`),
        );
  return {
    source,
    pipelines,
    artifacts,
    serving,
    server: backend.server,
    get: ask('get'),
    post: ask('post'),
    put: ask('put'),
    delete: ask('delete'),
    async stop() {
      await backend.stop();
      await rm(home, { recursive: true, force: true });
    },
  };
}

export type TestHub = Awaited<ReturnType<typeof startTestHub>>;

/** Asks until the answer is as wanted; fails with the last answer. */
export async function until<T>(
  ask: () => Promise<T>,
  reached: (answer: T) => boolean,
  ms = 20_000,
): Promise<T> {
  let last: T | undefined;
  for (const end = Date.now() + ms; Date.now() < end; ) {
    last = await ask();
    if (reached(last)) return last;
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  throw new Error(`not reached in ${ms} ms: ${JSON.stringify(last)}`);
}
