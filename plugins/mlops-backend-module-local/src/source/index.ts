export {
  LocalSourceEngine,
  type LocalSourceEngineOptions,
} from './LocalSourceEngine';
export { createTokenVerifier, type VerifyToken } from './http/access';
export {
  createGitHttpRouter,
  type GitHttpRouterOptions,
} from './http/createGitHttpRouter';
export {
  createLocalUrlReaderFactory,
  createLocalUrlReaderServiceFactory,
  type LocalUrlReaderOptions,
} from './reader/createLocalUrlReaderFactory';
