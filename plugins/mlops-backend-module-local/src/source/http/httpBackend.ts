import { spawn } from 'node:child_process';
import { pipeline, Transform } from 'node:stream';
import type { Request, Response } from 'express';
import { gitEnvironment } from '../git';

export interface BackendLimits {
  /** Bytes of one request's body. */
  maxRequestBytes: number;
  /** Milliseconds of one request. */
  timeoutMs: number;
}

const HEADER_END = Buffer.from('\r\n\r\n');
const MAX_HEADER_BYTES = 16 * 1024;

function environment(req: Request, root: string, pathInfo: string) {
  const [, query = ''] = req.originalUrl.split('?', 2);
  return gitEnvironment({
    GIT_PROJECT_ROOT: root,
    GIT_HTTP_EXPORT_ALL: '1',
    PATH_INFO: pathInfo,
    QUERY_STRING: query,
    REQUEST_METHOD: req.method,
    CONTENT_TYPE: req.headers['content-type'] ?? '',
    HTTP_CONTENT_ENCODING: req.headers['content-encoding'] ?? '',
    HTTP_ACCEPT: req.headers.accept ?? '',
    GIT_PROTOCOL: String(req.headers['git-protocol'] ?? ''),
    // A named user is what opens pushing; the token was checked before.
    REMOTE_USER: 'portal',
    REMOTE_ADDR: req.socket.remoteAddress ?? '',
    ...(req.headers['content-length']
      ? { CONTENT_LENGTH: req.headers['content-length'] }
      : {}),
  });
}

/** Splits the CGI header off and sends it as the answer's head. */
class HeaderSplitter extends Transform {
  private head: Buffer | undefined = Buffer.alloc(0);

  constructor(private readonly res: Response) {
    super();
  }

  override _transform(
    chunk: Buffer,
    _encoding: string,
    done: (error?: Error | null, data?: Buffer) => void,
  ): void {
    if (this.head === undefined) {
      done(null, chunk);
      return;
    }
    this.head = Buffer.concat([this.head, chunk]);
    const end = this.head.indexOf(HEADER_END);
    if (end < 0) {
      done(
        this.head.length > MAX_HEADER_BYTES
          ? new Error('git http-backend sent no header')
          : null,
      );
      return;
    }
    for (const line of this.head
      .subarray(0, end)
      .toString('latin1')
      .split('\r\n')) {
      const [name, value = ''] = line.split(/:\s*/, 2);
      if (name.toLowerCase() === 'status')
        this.res.status(Number.parseInt(value, 10) || 500);
      else this.res.setHeader(name, value);
    }
    const rest = this.head.subarray(end + HEADER_END.length);
    this.head = undefined;
    done(null, rest.length > 0 ? rest : undefined);
  }
}

class TooLargeError extends Error {}

function limited(maxBytes: number): Transform {
  let seen = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      seen += chunk.length;
      if (seen > maxBytes) done(new TooLargeError());
      else done(null, chunk);
    },
  });
}

function refuse(res: Response, status: number, text: string): void {
  if (res.headersSent) {
    res.destroy();
    return;
  }
  res.status(status).type('text/plain').set('Connection', 'close').send(text);
}

/**
 * Lets `git http-backend` answer one request. Resolves when git has ended, whatever became of the client: what git did by then
 * (a branch moved) is on disk. Never rejects; the answer carries the failure.
 */
export async function serveWithGit(
  req: Request,
  res: Response,
  options: { root: string; pathInfo: string; limits: BackendLimits },
): Promise<void> {
  const { root, pathInfo, limits } = options;
  const tooLarge = `The push is larger than the ${limits.maxRequestBytes} bytes that one request may hold; push fewer commits at a time\n`;
  if (Number(req.headers['content-length'] ?? 0) > limits.maxRequestBytes) {
    refuse(res, 413, tooLarge);
    return;
  }
  const child = spawn('git', ['http-backend'], {
    env: environment(req, root, pathInfo),
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), limits.timeoutMs);
  res.on('close', () => {
    // A reader that has gone needs no more data. A push that arrived whole may still finish.
    if (!res.writableFinished && !req.complete) child.kill('SIGTERM');
    else child.stdout.resume();
  });
  const ended = new Promise<void>(resolve => {
    child.on('error', error => {
      refuse(res, 500, `git could not be started: ${error.message}\n`);
      resolve();
    });
    child.on('close', () => resolve());
  });
  pipeline(req, limited(limits.maxRequestBytes), child.stdin, error => {
    if (error instanceof TooLargeError) {
      child.kill('SIGKILL');
      refuse(res, 413, tooLarge);
    }
  });
  pipeline(child.stdout, new HeaderSplitter(res), res, error => {
    if (error && !res.headersSent)
      refuse(res, 500, 'git ended without an answer; try again\n');
  });
  await ended;
  clearTimeout(timer);
}
