import express from 'express';
import Router from 'express-promise-router';
import { NotFoundError } from '@backstage/errors';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { RepositoryStore } from '../RepositoryStore';
import { requireToken, VerifyToken } from './access';
import { BackendLimits, serveWithGit } from './httpBackend';
import { addReadRoutes } from './readRoutes';

const SERVICES = ['git-upload-pack', 'git-receive-pack'];

export interface GitHttpRouterOptions {
  store: RepositoryStore;
  /** Folder of the bare repositories. */
  root: string;
  verify: VerifyToken;
  /** Called after each push has ended, successful or not; branches may have moved. */
  onPush: (repository: string) => Promise<void>;
  logger: LoggerService;
  /** Default: 512 MiB and 10 minutes. */
  limits?: Partial<BackendLimits>;
}

/**
 * Serves the bare repositories to git clients (smart HTTP only) and their files to readers. Every route asks for a token itself:
 * mount it where the portal's own authentication is switched off.
 */
export function createGitHttpRouter(
  options: GitHttpRouterOptions,
): express.Router {
  const { store, root, verify, onPush, logger } = options;
  const limits = {
    maxRequestBytes: 512 * 1024 * 1024,
    timeoutMs: 600_000,
    ...options.limits,
  };
  const router = Router();
  router.use(requireToken(verify));

  const serve = async (
    req: express.Request,
    res: express.Response,
    action: string,
  ) => {
    const repository = await store.get(req.params.name);
    const pathInfo = `/${repository.name}.git/${action}`;
    await serveWithGit(req, res, { root, pathInfo, limits });
    return repository.name;
  };

  router.get('/:name.git/info/refs', async (req, res) => {
    if (!SERVICES.includes(String(req.query.service))) {
      throw new NotFoundError(
        'Only clients that speak the smart HTTP protocol are served; use git 1.6.6 or later',
      );
    }
    await serve(req, res, 'info/refs');
  });
  router.post('/:name.git/git-upload-pack', async (req, res) => {
    await serve(req, res, 'git-upload-pack');
  });
  router.post('/:name.git/git-receive-pack', async (req, res) => {
    const name = await serve(req, res, 'git-receive-pack');
    await onPush(name).catch(error =>
      logger.error(
        `CI for the last push to repository ${name} could not be started; push again`,
        error,
      ),
    );
  });
  addReadRoutes(router, store);
  return router;
}
