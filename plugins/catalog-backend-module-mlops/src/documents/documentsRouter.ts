import type {
  HttpAuthService,
  PermissionsService,
  UrlReaderService,
} from '@backstage/backend-plugin-api';
import { InputError, NotAllowedError } from '@backstage/errors';
import { catalogLocationCreatePermission } from '@backstage/plugin-catalog-common/alpha';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import Router from 'express-promise-router';
import { readDocuments } from './readDocuments';

const TIMEOUT_MS = 30_000;

/** GET /api/catalog/mlops-documents?target=<url>: what the catalog would take of a file, for those who may register it. */
export function documentsRouter(deps: {
  reader: UrlReaderService;
  catalog: CatalogService;
  httpAuth: HttpAuthService;
  permissions: PermissionsService;
}) {
  const router = Router();
  router.get('/mlops-documents', async (req, res) => {
    const credentials = await deps.httpAuth.credentials(req);
    const [decision] = await deps.permissions.authorize(
      [{ permission: catalogLocationCreatePermission }],
      { credentials },
    );
    if (decision.result !== AuthorizeResult.ALLOW)
      throw new NotAllowedError('you may not register entities');
    const { target } = req.query;
    if (typeof target !== 'string' || !URL.canParse(target))
      throw new InputError('target: give the URL of a file of entities');
    res.json(
      await readDocuments(target, {
        ...deps,
        credentials,
        signal: AbortSignal.timeout(TIMEOUT_MS),
      }),
    );
  });
  return router;
}
