import { join } from 'node:path';
import { createBackendFeatureLoader } from '@backstage/backend-plugin-api';
import { localEnginesModule } from './module';
import { readSettings } from './settings';
import { createLocalUrlReaderServiceFactory } from './source';

/** The engines of the laptop home, and the reader of its repositories for the catalog and the documentation. */
export default createBackendFeatureLoader({
  loader: async () => [
    localEnginesModule,
    createLocalUrlReaderServiceFactory(config => {
      const settings = readSettings(config);
      return { baseUrl: settings.gitUrl, root: join(settings.home, 'git') };
    }),
  ],
});
