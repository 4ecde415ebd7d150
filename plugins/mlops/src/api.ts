import {
  ApiBlueprint,
  createApiRef,
  fetchApiRef,
} from '@backstage/frontend-plugin-api';
import { MlopsClient } from '@mlops-portal/plugin-mlops-common';

/** Typed client of the hub for everything in the browser. */
export const mlopsApiRef = createApiRef<MlopsClient>().with({
  id: 'plugin.mlops.client',
  pluginId: 'mlops',
});

export const mlopsApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: mlopsApiRef,
      deps: { fetchApi: fetchApiRef },
      factory: ({ fetchApi }) =>
        new MlopsClient({
          baseUrl: 'plugin://mlops',
          fetch: (url, init) => fetchApi.fetch(url, init),
        }),
    }),
});
