import { randomUUID } from 'node:crypto';
import { IncomingHttpHeaders } from 'node:http';
import { Counters } from './counters';
import { Endpoints } from './endpoints';
import { GatewayError } from './gatewayError';
import { checkRequest, parseRequest } from './inferenceRequest';
import { predictionEvents } from './payloadEvents';
import { RevisionServer } from './revisionServer';
import { messageOf } from './serverProcess';
import { Spool } from './spool';
import { bucketOf, orderOf } from './traffic';
import { UpstreamError } from './upstream';

const MAX_ID_LENGTH = 256;

export interface InferenceDependencies {
  endpoints: Endpoints;
  counters: Counters;
  spool: Spool;
}

interface Asked {
  endpoint: string;
  headers: IncomingHttpHeaders;
  body: string;
  /** Aborted when the client has gone. */
  signal: AbortSignal;
}

/** The caller's id: header Ce-Id, as KServe's logger has it, else the request's own. */
function callersId(request: unknown, headers: IncomingHttpHeaders) {
  const header = headers['ce-id'];
  const id =
    typeof header === 'string' && header !== ''
      ? header
      : (request as { id?: unknown } | null)?.id;
  if (typeof id === 'string' && id.length > MAX_ID_LENGTH) {
    throw new GatewayError(
      400,
      'InputError',
      `The id of a request has at most ${MAX_ID_LENGTH} characters`,
      { field: 'id' },
    );
  }
  return typeof id === 'string' && id !== '' ? id : undefined;
}

/** The request's text with this id, changed as little as possible. */
function withId(body: string, request: unknown, id: string): string {
  const given = (request as { id?: string }).id;
  if (given === id) {
    return body;
  }
  if (given === undefined) {
    const start = body.indexOf('{') + 1;
    return `${body.slice(0, start)}"id":${JSON.stringify(id)},${body.slice(
      start,
    )}`;
  }
  return JSON.stringify({ ...(request as object), id });
}

/** What one revision answered: a prediction, or undefined if another one may be asked. */
async function tryRevision(
  server: RevisionServer,
  body: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const answer = await server.infer(body, signal).catch(error => {
    if (error instanceof UpstreamError) {
      return undefined;
    }
    throw error;
  });
  if (answer && answer.status >= 400 && answer.status < 500) {
    throw new GatewayError(400, 'InputError', messageOf(answer));
  }
  return answer?.status === 200 ? answer.body : undefined;
}

/**
 * Answers a client: chooses a revision by weight, checks the request against its signature, asks it, and falls over to
 * the next one with a share if it gives no prediction, so that a dead canary harms nobody. A prediction is answered once
 * its two events are written to the spool, or are counted as dropped where the spool is full.
 *
 * A request with an id meets the same revision whenever it is sent; without one the choice is random.
 *
 * @returns JSON text of the response.
 * @throws GatewayError 400, 404 or 503.
 */
export async function infer(
  deps: InferenceDependencies,
  asked: Asked,
): Promise<string> {
  const { stored, servers } = deps.endpoints.find(asked.endpoint);
  const started = performance.now();
  const requestedAt = new Date();
  const request = parseRequest(asked.body);
  const given = callersId(request, asked.headers);
  const id = given ?? randomUUID();
  const bucket = given ? bucketOf(given) : Math.floor(Math.random() * 10_000);
  const order = orderOf(stored.traffic, bucket);
  const failed: string[] = [];
  for (const revisionId of order) {
    const server = servers.get(revisionId);
    if (!server) {
      continue;
    }
    checkRequest(request, server.revision.signature);
    const since = failed.length > 0 ? performance.now() : started;
    const body = withId(asked.body, request, id);
    const answer = server.isAnswering
      ? await tryRevision(server, body, asked.signal)
      : undefined;
    const milliseconds = performance.now() - since;
    const ok = answer !== undefined;
    deps.counters.tried(asked.endpoint, revisionId, milliseconds, ok);
    if (ok) {
      for (const other of failed) {
        deps.counters.ofRevision(asked.endpoint, other).failovers += 1;
      }
      await capture(deps, asked, server, {
        id,
        requestedAt,
        request: body,
        response: answer,
      });
      return answer;
    }
    failed.push(revisionId);
  }
  throw new GatewayError(
    503,
    'ServiceUnavailableError',
    `No version behind endpoint "${asked.endpoint}" answers now; try again in a moment`,
    { retryAfterSeconds: 2 },
  );
}

async function capture(
  deps: InferenceDependencies,
  asked: Asked,
  server: RevisionServer,
  prediction: {
    id: string;
    requestedAt: Date;
    request: string;
    response: string;
  },
) {
  const { id: revision, version: modelVersion } = server.revision;
  const counters = deps.counters.ofRevision(asked.endpoint, revision);
  counters.served += 1;
  const kept = await deps.spool.append(
    predictionEvents({
      ...prediction,
      endpoint: asked.endpoint,
      revision,
      modelVersion,
      headers: asked.headers,
      answeredAt: new Date(),
    }),
  );
  counters[kept ? 'captured' : 'dropped'] += 1;
}

/** Asks one revision, whatever its share; neither counted nor captured. */
export async function inferRevision(
  endpoints: Endpoints,
  asked: Asked & { revisionId: string },
): Promise<string> {
  const { servers } = endpoints.find(asked.endpoint);
  const server = servers.get(asked.revisionId);
  if (!server) {
    throw new GatewayError(
      404,
      'NotFoundError',
      `Endpoint ${asked.endpoint} has no revision "${
        asked.revisionId
      }"; it has ${[...servers.keys()].join(', ')}`,
    );
  }
  const request = parseRequest(asked.body);
  checkRequest(request, server.revision.signature);
  const id = callersId(request, asked.headers) ?? randomUUID();
  const answer = server.isAnswering
    ? await tryRevision(server, withId(asked.body, request, id), asked.signal)
    : undefined;
  if (answer === undefined) {
    throw new GatewayError(
      503,
      'ServiceUnavailableError',
      `Revision ${asked.revisionId} of endpoint "${
        asked.endpoint
      }" does not answer: ${server.reason ?? server.state}`,
      { retryAfterSeconds: 2 },
    );
  }
  return answer;
}
