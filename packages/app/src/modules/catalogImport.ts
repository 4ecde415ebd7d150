import {
  ApiBlueprint,
  alertApiRef,
  configApiRef,
  createFrontendModule,
  discoveryApiRef,
  fetchApiRef,
  translationApiRef,
} from '@backstage/frontend-plugin-api';
import {
  scmAuthApiRef,
  scmIntegrationsApiRef,
} from '@backstage/integration-react';
import {
  CatalogImportClient,
  catalogImportApiRef,
} from '@backstage/plugin-catalog-import';
import catalogImport from '@backstage/plugin-catalog-import/alpha';
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
        translationApi: translationApiRef,
      },
      factory: ({ alertApi, translationApi, ...deps }) =>
        tolerantImport(new CatalogImportClient(deps), {
          alertApi,
          translationApi,
          fetchApi: deps.fetchApi,
        }),
    }),
});

/** Its own heading is of the translation; the bar above it would repeat it in English. */
const importPage = catalogImport.getExtension('page:catalog-import').override({
  factory: originalFactory => originalFactory({ params: { noHeader: true } }),
});

/** The page that registers entities takes the sound ones of a file and names the broken ones. */
export const catalogImportModule = createFrontendModule({
  pluginId: 'catalog-import',
  extensions: [importApi, importPage],
});
