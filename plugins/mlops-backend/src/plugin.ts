import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import {
  coreServices,
  createBackendPlugin,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { mlopsPermissions } from '@mlops-portal/plugin-mlops-common';
import { mlopsEnginesExtensionPoint } from '@mlops-portal/plugin-mlops-node';
import { AuditLog } from './audit/AuditLog';
import { openDatabase } from './database/migrate';
import { EngineRegistry } from './engines/EngineRegistry';
import { createHub } from './hub';
import { registerAssets } from './lineage/assets';
import { createRouter } from './router/createRouter';
import { EffectStore } from './jobs/EffectStore';
import { LeaseStore } from './jobs/LeaseStore';
import { Outbox } from './jobs/Outbox';

/** The hub: the ML loop's API, its read models and its background work. Engines join through `mlopsEnginesExtensionPoint`. */
export const mlopsPlugin = createBackendPlugin({
  pluginId: 'mlops',
  register(env) {
    const engines = new EngineRegistry();
    env.registerExtensionPoint(mlopsEnginesExtensionPoint, engines);
    env.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        discovery: coreServices.discovery,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        scheduler: coreServices.scheduler,
      },
      async init(deps) {
        const { config, logger, lifecycle } = deps;
        engines.choose(chosenEngines(config));
        deps.permissionsRegistry.addPermissions(
          Object.values(mlopsPermissions),
        );
        registerAssets(deps.permissionsRegistry);
        const home = resolve(
          config.getOptionalString('mlops.home') ?? '.portal',
        );
        await mkdir(home, { recursive: true });
        const knex = await openDatabase(deps.database);
        const audit = new AuditLog(knex);
        const leases = new LeaseStore(knex);
        const hub = createHub({
          ...deps,
          engines,
          knex,
          audit,
          leases,
          home,
          effects: new EffectStore(knex),
          outbox: new Outbox({ knex, leases, logger }),
        });
        const serverUrl = await deps.discovery.getExternalBaseUrl('mlops');
        deps.httpRouter.use(
          createRouter({ ...deps, ...hub, audit, serverUrl }),
        );
        lifecycle.addStartupHook(() => hub.start());
        lifecycle.addShutdownHook(() => hub.stop());
      },
    });
  },
});

function chosenEngines(config: RootConfigService): Record<string, string> {
  const section = config.getOptionalConfig('mlops.engines');
  return Object.fromEntries(
    (section?.keys() ?? []).map(key => [key, section!.getString(key)]),
  );
}
