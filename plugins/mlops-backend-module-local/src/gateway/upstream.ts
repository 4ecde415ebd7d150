import { Agent, request } from 'node:http';

export interface UpstreamAnswer {
  status: number;
  body: string;
}

/** The server did not answer: nobody listens, the connection broke, or the time is up. */
export class UpstreamError extends Error {
  constructor(message: string, readonly timedOut: boolean, cause?: unknown) {
    super(message, { cause });
    this.name = 'UpstreamError';
  }
}

/** An idle connection that the server closed just when it was used again. */
class StaleConnection extends UpstreamError {}

interface Call {
  method: 'GET' | 'POST';
  path: string;
  body?: string;
  timeoutMs: number;
  signal?: AbortSignal;
}

/** Keeps connections to one server on the loopback interface. */
export class Upstream {
  private readonly agent = new Agent({
    keepAlive: true,
    maxSockets: 64,
    maxFreeSockets: 16,
  });

  constructor(readonly port: number) {}

  /** @throws UpstreamError, or the signal's reason once it is aborted. */
  async call(call: Call): Promise<UpstreamAnswer> {
    try {
      return await this.once(call);
    } catch (error) {
      // What was asked has no effect of its own, so it may be asked again.
      if (error instanceof StaleConnection) {
        return this.once(call);
      }
      throw error;
    }
  }

  close() {
    this.agent.destroy();
  }

  private once(call: Call): Promise<UpstreamAnswer> {
    call.signal?.throwIfAborted();
    return new Promise((resolve, reject) => {
      let timedOut = false;
      const body = call.body === undefined ? undefined : Buffer.from(call.body);
      const outgoing = request({
        host: '127.0.0.1',
        port: this.port,
        method: call.method,
        path: call.path,
        agent: this.agent,
        headers: body && {
          'content-type': 'application/json',
          'content-length': body.length,
        },
      });
      const abort = () => outgoing.destroy();
      const timer = setTimeout(() => {
        timedOut = true;
        abort();
      }, call.timeoutMs);
      call.signal?.addEventListener('abort', abort);
      const finish = () => {
        clearTimeout(timer);
        call.signal?.removeEventListener('abort', abort);
      };
      const fail = (error: NodeJS.ErrnoException) => {
        finish();
        if (call.signal?.aborted) {
          reject(call.signal.reason);
        } else if (timedOut) {
          reject(
            new UpstreamError(
              `no answer within ${call.timeoutMs} ms`,
              true,
              error,
            ),
          );
        } else if (outgoing.reusedSocket && error.code === 'ECONNRESET') {
          reject(new StaleConnection(error.message, false, error));
        } else {
          reject(new UpstreamError(error.message, false, error));
        }
      };
      outgoing.on('error', fail);
      outgoing.on('response', incoming => {
        const chunks: Buffer[] = [];
        incoming.on('data', chunk => chunks.push(chunk));
        incoming.on('error', fail);
        incoming.on('end', () => {
          finish();
          resolve({
            status: incoming.statusCode ?? 0,
            body: Buffer.concat(chunks).toString('utf8'),
          });
        });
      });
      outgoing.end(body);
    });
  }
}
