import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { createRepositoryAction } from './actions/createRepository';
import { planProblemAction } from './actions/planProblem';
import { registerProblemAction } from './actions/registerProblem';
import { undoProblemAction } from './actions/undoProblem';
import { waitForFirstRunAction } from './actions/waitForFirstRun';
import { HubAccess } from './hub/HubAccess';

/** Adds the actions `mlops:problem:plan`, `mlops:repository:create`, `mlops:problem:register`, `mlops:first-run:wait` and `mlops:problem:undo`. */
export const scaffolderModuleMlops = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'mlops',
  register(reg) {
    reg.registerInit({
      deps: {
        scaffolder: scaffolderActionsExtensionPoint,
        auth: coreServices.auth,
        discovery: coreServices.discovery,
        catalog: catalogServiceRef,
      },
      async init({ scaffolder, auth, discovery, catalog }) {
        const hub = new HubAccess({ auth, discovery });
        scaffolder.addActions(
          planProblemAction({ hub }),
          createRepositoryAction({ hub }),
          registerProblemAction({ catalog }),
          waitForFirstRunAction({ hub }),
          undoProblemAction({ hub, catalog }),
        );
      },
    });
  },
});
