import {
  coreServices,
  createBackendModule,
  readSchedulerServiceTaskScheduleDefinitionFromConfig,
  SchedulerServiceTaskScheduleDefinition,
} from '@backstage/backend-plugin-api';
import {
  searchEngineRegistryExtensionPoint,
  searchIndexRegistryExtensionPoint,
} from '@backstage/plugin-search-backend-node/alpha';
import { EveryScriptSearchEngine } from './engine/EveryScriptSearchEngine';
import { createHubReader } from '@mlops-portal/plugin-mlops-node';
import { HubCollatorFactory } from './HubCollatorFactory';

const DEFAULT_SCHEDULE: SchedulerServiceTaskScheduleDefinition = {
  frequency: { minutes: 10 },
  initialDelay: { seconds: 5 },
  timeout: { minutes: 5 },
  scope: 'local',
};

/** Makes what the hub knows findable, for those who may read it, and the index in memory fit for every script. */
export const searchModuleMlops = createBackendModule({
  pluginId: 'search',
  moduleId: 'mlops',
  register(reg) {
    reg.registerInit({
      deps: {
        indexes: searchIndexRegistryExtensionPoint,
        engines: searchEngineRegistryExtensionPoint,
        auth: coreServices.auth,
        config: coreServices.rootConfig,
        discovery: coreServices.discovery,
        logger: coreServices.logger,
        scheduler: coreServices.scheduler,
      },
      async init({ indexes, engines, scheduler, config, logger, ...deps }) {
        const schedule = config.getOptionalConfig(
          'search.collators.mlops.schedule',
        );
        indexes.addCollator({
          schedule: scheduler.createScheduledTaskRunner(
            schedule
              ? readSchedulerServiceTaskScheduleDefinitionFromConfig(schedule)
              : DEFAULT_SCHEDULE,
          ),
          factory: new HubCollatorFactory({
            read: createHubReader(deps),
            logger,
          }),
        });
        if (config.getOptionalBoolean('search.inMemory') ?? true) {
          engines.setSearchEngine(new EveryScriptSearchEngine({ logger }));
        }
      },
    });
  },
});
