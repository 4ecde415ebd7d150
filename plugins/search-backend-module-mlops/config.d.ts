import { SchedulerServiceTaskScheduleDefinitionConfig } from '@backstage/backend-plugin-api';

export interface Config {
  search?: {
    collators?: {
      mlops?: {
        /**
         * How often problems, versions, runs, endpoints, datasets and feature views are indexed anew.
         * Default: every ten minutes. Keep `scope: local` where the index lives in memory.
         */
        schedule?: SchedulerServiceTaskScheduleDefinitionConfig;
      };
    };
    /**
     * Keep the index in the memory of this process, in words of every script; the default. Set it to false
     * where another search engine (Postgres, OpenSearch) is installed, since there can be only one.
     */
    inMemory?: boolean;
  };
}
