import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { CatalogModelSources } from '@backstage/catalog-model/alpha';
import {
  catalogProcessingExtensionPoint,
  catalogServiceRef,
} from '@backstage/plugin-catalog-node';
import { catalogModelExtensionPoint } from '@backstage/plugin-catalog-node/alpha';
import { mlopsModelLayer } from '@mlops-portal/plugin-mlops-common/alpha';
import { documentsRouter } from './documents/documentsRouter';
import { RefusedDocumentProcessor } from './parser/RefusedDocumentProcessor';
import { tolerantParser } from './parser/tolerantParser';
import { createHubReader } from '@mlops-portal/plugin-mlops-node';
import { createHubModels } from './provider/hubModels';
import { ModelEntityProvider } from './provider/ModelEntityProvider';

/** How often models without a file are looked for. */
const EVERY = { seconds: 60 };

/**
 * Registers the kinds of machine learning, makes files of which one document is broken harmless, and
 * shows models that the hub knows and no file declares.
 */
export const catalogModuleMlops = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'mlops',
  register(reg) {
    reg.registerInit({
      deps: {
        model: catalogModelExtensionPoint,
        processing: catalogProcessingExtensionPoint,
        catalog: catalogServiceRef,
        auth: coreServices.auth,
        discovery: coreServices.discovery,
        http: coreServices.httpRouter,
        httpAuth: coreServices.httpAuth,
        permissions: coreServices.permissions,
        reader: coreServices.urlReader,
        logger: coreServices.logger,
        scheduler: coreServices.scheduler,
      },
      async init({ model, processing, catalog, scheduler, logger, ...deps }) {
        model.addModelSource(CatalogModelSources.static([mlopsModelLayer]));
        model.setEntityDataParser(tolerantParser);
        processing.addProcessor(new RefusedDocumentProcessor());
        deps.http.use(documentsRouter({ catalog, ...deps }));
        processing.addEntityProvider(
          new ModelEntityProvider({
            hub: createHubModels(createHubReader(deps)),
            catalog,
            auth: deps.auth,
            logger,
            schedule: scheduler.createScheduledTaskRunner({
              frequency: EVERY,
              timeout: { seconds: 50 },
              initialDelay: { seconds: 15 },
              scope: 'global',
            }),
          }),
        );
      },
    });
  },
});
