import { createBackend } from '@backstage/backend-defaults';
import { goOnWithoutLog } from './goOnWithoutLog';
import { httpRouter } from './httpRouter';

goOnWithoutLog([process.stdout, process.stderr]);
const backend = createBackend();

// core: the developer portal that everything else lives in
backend.add(httpRouter);
backend.add(import('@backstage/plugin-app-backend'));
backend.add(import('@backstage/plugin-auth-backend'));
backend.add(import('@backstage/plugin-auth-backend-module-guest-provider'));
backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(
  import('@backstage/plugin-catalog-backend-module-scaffolder-entity-model'),
);
backend.add(import('@backstage/plugin-catalog-backend-module-ai-model'));
backend.add(import('@backstage/plugin-catalog-backend-module-logs'));
backend.add(import('@backstage/plugin-events-backend'));
backend.add(import('@backstage/plugin-notifications-backend'));
backend.add(import('@backstage/plugin-permission-backend'));
backend.add(
  import('@backstage/plugin-permission-backend-module-allow-all-policy'),
);
backend.add(import('@backstage/plugin-scaffolder-backend'));
backend.add(import('@backstage/plugin-search-backend'));
backend.add(import('@backstage/plugin-search-backend-module-catalog'));
backend.add(import('@backstage/plugin-search-backend-module-techdocs'));
backend.add(import('@backstage/plugin-signals-backend'));
backend.add(import('@backstage/plugin-techdocs-backend'));
backend.add(import('@backstage/plugin-user-settings-backend'));

// mlops: the hub, the kinds it adds to the catalog, the actions it adds to the scaffolder, what it adds to the search
backend.add(import('@mlops-portal/plugin-mlops-backend'));
backend.add(import('@mlops-portal/plugin-catalog-backend-module-mlops'));
backend.add(import('@mlops-portal/plugin-scaffolder-backend-module-mlops'));
backend.add(import('@mlops-portal/plugin-search-backend-module-mlops'));

// engines: one line each
backend.add(import('@mlops-portal/plugin-mlops-backend-module-local'));

backend.start();
