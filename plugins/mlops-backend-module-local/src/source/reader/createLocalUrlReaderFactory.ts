import {
  coreServices,
  createServiceFactory,
  type RootConfigService,
} from '@backstage/backend-plugin-api';
import {
  type ReaderFactory,
  urlReaderFactoriesServiceRef,
} from '@backstage/backend-defaults/urlReader';
import { repositoryIn } from '../RepositoryStore';
import { isLocalUrl } from './localUrls';
import { LocalUrlReader } from './LocalUrlReader';

export interface LocalUrlReaderOptions {
  /** Address under which the repositories are served, e.g. `http://127.0.0.1:7007/api/mlops/local/git`. */
  baseUrl: string;
  /** Folder of the bare repositories. */
  root: string;
}

/** A reader for addresses under `baseUrl`, to be given to Backstage's URL reader service. */
export function createLocalUrlReaderFactory(
  options: LocalUrlReaderOptions,
): ReaderFactory {
  const baseUrl = options.baseUrl.replace(/\/+$/, '');
  return ({ treeResponseFactory }) => [
    {
      predicate: url => isLocalUrl(baseUrl, url),
      reader: new LocalUrlReader({
        baseUrl,
        getRepository: name => repositoryIn(options.root, name),
        treeResponseFactory,
      }),
    },
  ];
}

/**
 * The backend feature that adds the reader for all plugins.
 * @param read - takes the options from the configuration; undefined when no repositories are kept on this machine
 */
export function createLocalUrlReaderServiceFactory(
  read: (config: RootConfigService) => LocalUrlReaderOptions | undefined,
) {
  return createServiceFactory({
    service: urlReaderFactoriesServiceRef,
    deps: { config: coreServices.rootConfig },
    factory({ config }): ReaderFactory {
      const options = read(config);
      return options ? createLocalUrlReaderFactory(options) : () => [];
    },
  });
}
