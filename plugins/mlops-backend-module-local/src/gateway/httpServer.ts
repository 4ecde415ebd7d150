import { IncomingMessage, ServerResponse } from 'node:http';
import { GatewayError } from './gatewayError';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** @throws GatewayError 400, 413 or 415. */
export async function readBody(
  request: IncomingMessage,
  maxBytes: number,
): Promise<string> {
  const encoding = request.headers['content-encoding'];
  if (encoding && encoding !== 'identity') {
    throw new GatewayError(
      415,
      'InputError',
      `The body is encoded as ${encoding}; send it as plain JSON`,
      { field: 'content-encoding' },
    );
  }
  const tooLarge = () =>
    new GatewayError(
      413,
      'InputError',
      `The body is larger than ${maxBytes} bytes; send fewer rows at a time`,
      { field: 'body' },
    );
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) {
    throw tooLarge();
  }
  const body = await new Promise<Buffer>((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxBytes) {
        request.pause();
        reject(tooLarge());
      }
      chunks.push(chunk);
    });
    request.on('end', () =>
      resolve(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)),
    );
    request.on('error', reject);
  });
  try {
    return utf8.decode(body);
  } catch (error) {
    throw new GatewayError(
      400,
      'InputError',
      'The body is not UTF-8 text; send it as JSON in UTF-8',
      {
        field: 'body',
        cause: error,
      },
    );
  }
}

export function send(
  response: ServerResponse,
  status: number,
  body: string,
  contentType = 'application/json; charset=utf-8',
  headers: Record<string, string> = {},
) {
  response.writeHead(status, {
    'content-type': contentType,
    'content-length': Buffer.byteLength(body),
    'x-content-type-options': 'nosniff',
    ...headers,
  });
  response.end(body);
}

export function sendError(response: ServerResponse, error: unknown) {
  const known =
    error instanceof GatewayError
      ? error
      : new GatewayError(
          500,
          'Error',
          'The gateway failed; its log in the data folder tells more',
          { cause: error },
        );
  const headers: Record<string, string> = {};
  if (known.retryAfterSeconds) {
    headers['retry-after'] = String(known.retryAfterSeconds);
  }
  if (known.status === 413) {
    // The rest of the body is not read.
    headers.connection = 'close';
  }
  send(response, known.status, known.toBody(), undefined, headers);
}

/** A signal that is aborted when the client goes before it has its answer. */
export function clientGone(response: ServerResponse): AbortSignal {
  const gone = new AbortController();
  response.on('close', () => {
    if (!response.writableFinished) {
      gone.abort(new GatewayError(499, 'ClientClosed', 'The client has gone'));
    }
  });
  return gone.signal;
}
