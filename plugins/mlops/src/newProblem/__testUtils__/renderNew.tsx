import './browserParts';
import { StorageApi, storageApiRef } from '@backstage/frontend-plugin-api';
import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { CatalogApi, catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import {
  LogEvent,
  ScaffolderApi,
  scaffolderApiRef,
} from '@backstage/plugin-scaffolder-react';
import { mlopsApiRef } from '../../api';
import { paths } from '../../routes';
import {
  Answers,
  createFakeHub,
  FakeHub,
  Refusal,
} from '../../testUtils/fakeHub';
import { NewProblemRoutes } from '../NewProblemRoutes';
import { flightsPlan, flightsTable } from './tables';

/** Answers of a hub that knows the flights table and no repository yet. */
export const freshHub: Answers = {
  listExamples: () => ({
    examples: [
      {
        id: 'flights',
        title: 'US flights',
        description: 'January to June 2001',
      },
    ],
    allowedFolders: ['/data'],
    allowedHosts: [],
    maxUploadBytes: 512_000_000,
  }),
  inspectSource: () => flightsTable(),
  planProblem: () => flightsPlan(),
  getRepository: () => {
    throw new Refusal(404, 'there is no such repository');
  },
};

const ml = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Group',
  metadata: { name: 'ml' },
  spec: { type: 'team', children: [] },
};

/** The page with everything real but the hub, the scaffolder and the catalog. */
export function renderNew(
  options: {
    path?: string;
    answers?: Answers;
    scaffolder?: Partial<ScaffolderApi>;
    storage?: StorageApi;
  } = {},
): {
  hub: FakeHub;
  storage: StorageApi;
  catalog: jest.Mocked<CatalogApi>;
  unmount: () => void;
} {
  const hub = createFakeHub({ ...freshHub, ...options.answers });
  const storage = options.storage ?? mockApis.storage();
  const catalog = catalogApiMock.mock({
    getEntities: async () => ({ items: [ml] }),
    getLocationByRef: async () => undefined,
  } as Parameters<typeof catalogApiMock.mock>[0]);
  const view = renderInTestApp(<NewProblemRoutes />, {
    mountPath: `${paths.newProblem()}/*`,
    initialRouteEntries: [`${paths.newProblem()}${options.path ?? ''}`],
    apis: [
      [mlopsApiRef, hub.client],
      [catalogApiRef, catalog],
      [scaffolderApiRef, (options.scaffolder ?? {}) as ScaffolderApi],
      mockApis.identity({
        userEntityRef: 'user:default/ann',
        ownershipEntityRefs: ['user:default/ann', 'group:default/ml'],
      }),
      [storageApiRef, storage],
    ],
  });
  return {
    hub,
    storage,
    catalog: catalog as unknown as jest.Mocked<CatalogApi>,
    unmount: view.unmount,
  };
}

/** A task whose events are given at once; `more` tells further ones. */
export function taskStream(events: LogEvent[]) {
  const observers = new Set<{ next?: (event: LogEvent) => void }>();
  return {
    more: (event: LogEvent) => observers.forEach(o => o.next?.(event)),
    streamLogs: () =>
      ({
        subscribe: (observer: { next?: (event: LogEvent) => void }) => {
          observers.add(observer);
          events.forEach(event => observer.next?.(event));
          return {
            unsubscribe: () => observers.delete(observer),
            closed: false,
          };
        },
      } as unknown as ReturnType<ScaffolderApi['streamLogs']>),
  };
}
