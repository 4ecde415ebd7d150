import { randomUUID } from 'node:crypto';
import {
  AuthService,
  HttpAuthService,
  LoggerService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotFoundError, NotImplementedError } from '@backstage/errors';
import {
  mlopsPermissions,
  mlopsRoutes,
  openApiDocument,
  RouteId,
  RouteSpec,
} from '@mlops-portal/plugin-mlops-common';
import express, { ErrorRequestHandler, Request, Response } from 'express';
import Router from 'express-promise-router';
import { AuditLog } from '../audit/AuditLog';
import { auditedRoutes, nameAlongTheLoop } from '../audit/auditedRoutes';
import { actorOf, requirePermission } from './caller';
import { deadlineOf, withDeadline } from './deadline';
import { answerOf } from './errors';
import { Handlers, RequestContext } from './handlers';
import { parse } from './parse';

/** Batches of captured predictions and labels are large; everything else is a form or a compiled pipeline. */
const BATCH_LIMIT = '32mb';
const BODY_LIMIT = '6mb';

export interface RouterDeps {
  handlers: Partial<Handlers>;
  audit: AuditLog;
  auth: AuthService;
  httpAuth: HttpAuthService;
  permissions: PermissionsService;
  logger: LoggerService;
  /** Router of what is not JSON, with the check that a caller may create a problem. */
  uploads(authorize: (request: Request) => Promise<void>): express.Router;
  /** Absolute URL of /api/mlops for the OpenAPI document. */
  serverUrl: string;
}

type AnyHandler = (input: unknown, context: RequestContext) => Promise<unknown>;

/** The hub's HTTP API: each route of the table bound to its handler, or to 501 where no slice serves it. */
export function createRouter(deps: RouterDeps): express.Router {
  const router = Router();
  const document = openApiDocument(mlopsRoutes, deps.serverUrl);
  router.get('/openapi.json', (_, res) => {
    res.json(document);
  });
  router.use(
    deps.uploads(async request => {
      const permission = mlopsPermissions['mlops.problem.create'];
      const caller = await callerOf(deps, request);
      await requirePermission(deps.permissions, permission, caller);
    }),
  );
  router.use(
    ['/serving/events', '/labels'],
    express.json({ limit: BATCH_LIMIT, type: isJson, strict: false }),
  );
  router.use(express.json({ limit: BODY_LIMIT, type: isJson, strict: false }));
  for (const [id, spec] of Object.entries(mlopsRoutes)) {
    const path = spec.path.replace(/\{(\w+)\}/g, ':$1');
    router[spec.method](path, (req, res) =>
      answer(deps, id as RouteId, spec, req, res),
    );
  }
  router.use((req: Request) => {
    throw new NotFoundError(
      `there is no ${req.method} ${req.path}: GET /api/mlops/openapi.json lists what there is`,
    );
  });
  router.use(errorHandler(deps.logger));
  return router;
}

/** Structured CloudEvents travel under a type of their own. */
function isJson(req: { headers: { 'content-type'?: string } }): boolean {
  return /^application\/([\w.-]+\+)?json\b/.test(
    req.headers['content-type'] ?? 'application/json',
  );
}

async function callerOf(deps: RouterDeps, req: Request) {
  const credentials = await deps.httpAuth.credentials(req, {
    allow: ['user', 'service'],
  });
  return { credentials, actor: actorOf(deps.auth, credentials) };
}

async function answer(
  deps: RouterDeps,
  id: RouteId,
  spec: RouteSpec,
  req: Request,
  res: Response,
): Promise<void> {
  const { credentials, actor } = await callerOf(deps, req);
  const act = async () => {
    await requirePermission(
      deps.permissions,
      mlopsPermissions[spec.permission],
      { credentials, actor },
    );
    const handler = deps.handlers[id] as AnyHandler | undefined;
    if (!handler) {
      throw new NotImplementedError(
        `this hub does not serve the operation ${id} (${spec.method.toUpperCase()} ${
          spec.path
        })`,
      );
    }
    const input = parse(spec, req);
    return await withDeadline(
      res,
      id,
      signal => handler(input, { actor, credentials, signal }),
      deadlineOf(id),
    );
  };
  const result = await audited(deps, id, { req, actor }, act);
  if (!res.writableEnded && !res.destroyed) res.json(result);
}

async function audited<T>(
  deps: RouterDeps,
  id: RouteId,
  { req, actor }: { req: Request; actor: string },
  act: () => Promise<T>,
): Promise<T> {
  const objectOf = auditedRoutes[id];
  if (!objectOf) return await act();
  const body = (req.body ?? {}) as Record<string, unknown>;
  const entry = {
    actor,
    action: id,
    object: objectOf({ params: req.params, body }),
    reason: typeof body.reason === 'string' ? body.reason : undefined,
  };
  try {
    const result = await act();
    const about = nameAlongTheLoop(result, req.params, body);
    await deps.audit.record({ ...entry, about, outcome: 'done' });
    return result;
  } catch (error) {
    const status = answerOf(error)?.status ?? 500;
    await deps.audit.record({
      ...entry,
      about: nameAlongTheLoop(req.params, body),
      outcome: status < 500 ? 'refused' : 'failed',
      detail: { error: String((error as Error).message).slice(0, 1000) },
    });
    throw error;
  }
}

function errorHandler(logger: LoggerService): ErrorRequestHandler {
  return (error, req, res, next) => {
    if (res.headersSent) {
      next(error);
      return;
    }
    const known = answerOf(error);
    if (known) {
      res.status(known.status).set(known.headers).json(known.body);
      return;
    }
    const mark = randomUUID().slice(0, 8);
    logger.error(`${req.method} ${req.path} failed [${mark}]`, error);
    res.status(500).json({
      error: {
        name: 'InternalError',
        message: `the hub failed while it answered ${req.method} ${req.path}: its log has the cause under [${mark}]`,
      },
    });
  };
}
