import { timingSafeEqual } from 'node:crypto';
import { open } from 'node:fs/promises';
import { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { parseDesired } from './endpointState';
import { GatewayError } from './gatewayError';
import { clientGone, readBody, send } from './httpServer';
import { inferRevision } from './inference';
import { PublicDependencies } from './publicRoutes';
import { seriesOf } from './series';

const LOG_CHUNK_BYTES = 256 * 1024;

export const hubSchema = z.object({
  url: z.string().url(),
  token: z.string().min(1),
});
/** Where captured predictions go, and with which token. */
export type Hub = z.infer<typeof hubSchema>;

const seriesQuerySchema = z.object({
  endpoint: z.string(),
  metric: z.enum(['requests', 'errors', 'p50', 'p95']),
  from: z.coerce.number(),
  to: z.coerce.number(),
  stepSeconds: z.coerce.number().positive(),
});

export interface AdminDependencies extends PublicDependencies {
  adminToken: string;
  info: () => Record<string, unknown>;
  setHub: (hub: Hub) => Promise<void>;
  /** Ends this process after the answer; `keepServers` leaves them to the next gateway. */
  leave: (options: { keepServers: boolean }) => void;
}

function checkToken(request: IncomingMessage, wanted: string) {
  const given = Buffer.from(request.headers.authorization ?? '');
  const expected = Buffer.from(`Bearer ${wanted}`);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw new GatewayError(
      401,
      'AuthenticationError',
      'This part of the gateway is for the portal; its token is in the data folder',
    );
  }
}

function parse<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0];
    const field = path.join('.');
    throw new GatewayError(400, 'InputError', `${field} ${message}`, { field });
  }
  return parsed.data;
}

/** Text of a log from a byte offset, cut at a line where more follows. */
async function readLog(path: string, offset: number) {
  const file = await open(path, 'r').catch(error => {
    if (error.code === 'ENOENT') {
      return undefined;
    }
    throw error;
  });
  if (!file) {
    return { text: '', nextOffset: offset, complete: false };
  }
  try {
    const buffer = Buffer.alloc(LOG_CHUNK_BYTES);
    const { size } = await file.stat();
    // A log that was begun anew is read from its start.
    const from = offset > size ? 0 : offset;
    const { bytesRead } = await file.read(buffer, 0, LOG_CHUNK_BYTES, from);
    const lastLine = buffer.lastIndexOf(0x0a, bytesRead - 1) + 1;
    const used =
      bytesRead === LOG_CHUNK_BYTES && lastLine > 0 ? lastLine : bytesRead;
    return {
      text: buffer.toString('utf8', 0, used),
      nextOffset: from + used,
      complete: false,
    };
  } finally {
    await file.close();
  }
}

function status(deps: AdminDependencies, name: string) {
  const found = deps.endpoints.status(name);
  return {
    ...found,
    revisions: found.revisions.map(revision => {
      const { served, captured } = deps.counters.ofRevision(name, revision.id);
      return { ...revision, served, captured };
    }),
  };
}

const ENDPOINT = /^\/admin\/endpoints\/([^/]+)$/;
const REVISION =
  /^\/admin\/endpoints\/([^/]+)\/revisions\/([^/]+)\/(infer|log)$/;

async function answerEndpoint(
  deps: AdminDependencies,
  name: string,
  request: IncomingMessage,
  response: ServerResponse,
) {
  if (request.method === 'PUT') {
    const body = await readBody(request, deps.config.limits.maxBodyBytes);
    const desired = parseDesired(parse(z.unknown(), JSON.parse(body)));
    if (desired.name !== name) {
      throw new GatewayError(400, 'InputError', 'name differs from the URL', {
        field: 'name',
      });
    }
    await deps.endpoints.apply(desired);
    send(response, 202, JSON.stringify(status(deps, name)));
  } else if (request.method === 'DELETE') {
    await deps.endpoints.remove(name);
    send(response, 200, '{}');
  } else {
    send(response, 200, JSON.stringify(status(deps, name)));
  }
}

async function answerRevision(
  deps: AdminDependencies,
  at: { name: string; revisionId: string; what: string; url: URL },
  request: IncomingMessage,
  response: ServerResponse,
) {
  if (at.what === 'infer') {
    const answer = await inferRevision(deps.endpoints, {
      endpoint: at.name,
      revisionId: at.revisionId,
      headers: request.headers,
      signal: clientGone(response),
      body: await readBody(request, deps.config.limits.maxBodyBytes),
    });
    send(response, 200, answer);
    return;
  }
  const offset = parse(
    z.coerce.number().int().nonnegative(),
    at.url.searchParams.get('offset') ?? 0,
  );
  const path = deps.endpoints.logPath(at.name, at.revisionId);
  send(response, 200, JSON.stringify(await readLog(path, offset)));
}

/** Routes for the portal, which has the token. @returns false if the path is none of them. */
export async function answerAdmin(
  deps: AdminDependencies,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  if (!url.pathname.startsWith('/admin/')) {
    return false;
  }
  checkToken(request, deps.adminToken);
  const route = `${request.method} ${url.pathname}`;
  const endpoint = ENDPOINT.exec(url.pathname);
  const revision = REVISION.exec(url.pathname);
  if (endpoint) {
    await answerEndpoint(
      deps,
      decodeURIComponent(endpoint[1]),
      request,
      response,
    );
  } else if (revision) {
    const [name, revisionId] = revision.slice(1, 3).map(decodeURIComponent);
    const at = { name, revisionId, what: revision[3], url };
    await answerRevision(deps, at, request, response);
  } else if (route === 'GET /admin/info') {
    send(response, 200, JSON.stringify(deps.info()));
  } else if (route === 'PUT /admin/hub') {
    await deps.setHub(
      parse(hubSchema, JSON.parse(await readBody(request, 65_536))),
    );
    send(response, 200, '{}');
  } else if (route === 'GET /admin/series') {
    const query = parse(
      seriesQuerySchema,
      Object.fromEntries(url.searchParams),
    );
    const { minutes } = deps.counters;
    const series = seriesOf(
      minutes.find(query.endpoint, Math.floor(query.from / 60) * 60, query.to),
      query,
      Date.now() / 1000,
    );
    send(response, 200, JSON.stringify({ series }));
  } else if (
    route === 'POST /admin/shutdown' ||
    route === 'POST /admin/handover'
  ) {
    response.on('finish', () =>
      deps.leave({ keepServers: route.endsWith('/handover') }),
    );
    send(response, 202, '{}', undefined, { connection: 'close' });
  } else {
    return false;
  }
  return true;
}
