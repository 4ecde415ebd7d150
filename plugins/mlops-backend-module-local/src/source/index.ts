export {
  LocalSourceEngine,
  type LocalSourceEngineOptions,
} from './LocalSourceEngine';
export { createTokenVerifier, type VerifyToken } from './http/access';
export {
  createGitHttpRouter,
  type GitHttpRouterOptions,
} from './http/createGitHttpRouter';
