import {
  ApiBlueprint,
  alertApiRef,
  configApiRef,
  createFrontendModule,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/frontend-plugin-api';
import {
  scmAuthApiRef,
  scmIntegrationsApiRef,
} from '@backstage/integration-react';
import {
  CatalogImportClient,
  catalogImportApiRef,
} from '@backstage/plugin-catalog-import';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { tolerantImport } from './tolerantImport';

const importApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: catalogImportApiRef,
      deps: {
        alertApi: alertApiRef,
        catalogApi: catalogApiRef,
        configApi: configApiRef,
        discoveryApi: discoveryApiRef,
        fetchApi: fetchApiRef,
        scmAuthApi: scmAuthApiRef,
        scmIntegrationsApi: scmIntegrationsApiRef,
      },
      factory: ({ alertApi, ...deps }) =>
        tolerantImport(new CatalogImportClient(deps), {
          alertApi,
          fetchApi: deps.fetchApi,
        }),
    }),
});

/** The page that registers entities takes the sound ones of a file and names the broken ones. */
export const catalogImportModule = createFrontendModule({
  pluginId: 'catalog-import',
  extensions: [importApi],
});
