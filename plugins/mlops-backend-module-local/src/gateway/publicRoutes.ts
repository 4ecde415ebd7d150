import { IncomingMessage, ServerResponse } from 'node:http';
import { GatewayConfig } from './config';
import { ForwarderStatus } from './forwarder';
import { GatewayError } from './gatewayError';
import { clientGone, readBody, send } from './httpServer';
import { infer, InferenceDependencies } from './inference';
import { expose } from './prometheus';

export interface PublicDependencies extends InferenceDependencies {
  config: GatewayConfig;
  forwarder: { status: ForwarderStatus };
}

const MODEL = /^\/v2\/models\/([^/]+)(\/infer|\/ready)?$/;

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch (error) {
    throw new GatewayError(
      400,
      'InputError',
      `"${part}" in the URL is not encoded well`,
      {
        field: 'url',
        cause: error,
      },
    );
  }
}

/** What a version takes and gives, in the words of the protocol. */
function metadata(deps: PublicDependencies, name: string) {
  const { stored, servers } = deps.endpoints.find(name);
  const [main] = stored.traffic
    .filter(share => share.percent > 0)
    .sort((a, b) => b.percent - a.percent);
  const revision =
    servers.get(main?.revisionId)?.revision ?? stored.desired.revisions[0];
  return {
    name,
    versions: stored.desired.revisions.map(({ version }) => version),
    platform: `mlops-portal_${revision.artifact.format}`,
    inputs: revision.signature.inputs,
    outputs: revision.signature.outputs ?? [],
    parameters: { revision: revision.id, signature: revision.signature },
  };
}

async function answerInfer(
  deps: PublicDependencies,
  endpoint: string,
  request: IncomingMessage,
  response: ServerResponse,
) {
  // Counts are kept for endpoints that exist, whatever names strangers try.
  deps.endpoints.find(endpoint);
  const signal = clientGone(response);
  try {
    const body = await readBody(request, deps.config.limits.maxBodyBytes);
    const { headers } = request;
    send(response, 200, await infer(deps, { endpoint, headers, body, signal }));
  } catch (error) {
    if (error instanceof GatewayError) {
      deps.counters.refused(endpoint, error.status);
    }
    throw error;
  }
}

/** Routes that anyone on this machine may call. @returns false if the path is none of them. */
export async function answerPublic(
  deps: PublicDependencies,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  const json = (status: number, value: unknown) =>
    send(response, status, JSON.stringify(value));
  const only = (method: string) => {
    if (request.method !== method) {
      throw new GatewayError(
        405,
        'InputError',
        `${url.pathname} takes ${method}, not ${request.method}`,
        { field: 'method' },
      );
    }
  };
  const model = MODEL.exec(url.pathname);
  if (model?.[2] === '/infer') {
    only('POST');
    await answerInfer(deps, decode(model[1]), request, response);
  } else if (model) {
    only('GET');
    const name = decode(model[1]);
    if (model[2] === '/ready') {
      const { state } = deps.endpoints.status(name);
      const ready = state === 'answering' || state === 'degraded';
      json(ready ? 200 : 503, { name, ready });
    } else {
      json(200, metadata(deps, name));
    }
  } else if (url.pathname === '/v2/health/live') {
    json(200, { live: true });
  } else if (url.pathname === '/v2/health/ready') {
    const { ready } = deps.endpoints;
    json(ready ? 200 : 503, { ready });
  } else if (url.pathname === '/metrics') {
    const { counters, spool, forwarder } = deps;
    send(
      response,
      200,
      expose({ counters, spool, forwarder: forwarder.status }),
      'text/plain; version=0.0.4; charset=utf-8',
    );
  } else {
    return false;
  }
  return true;
}
