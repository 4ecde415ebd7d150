import { readFile } from 'node:fs/promises';
import {
  AuthenticationError,
  ConflictError,
  InputError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { z } from 'zod';
import { gatewayPaths } from '../gateway/config';

const CALL_TIMEOUT_MS = 15_000;

const errorBodySchema = z.object({
  error: z.object({
    name: z.string(),
    message: z.string(),
    field: z.string().optional(),
  }),
});

export const gatewayInfoSchema = z.looseObject({
  version: z.string(),
  pid: z.number(),
  port: z.number(),
  startedAt: z.string(),
  endpoints: z.array(z.string()),
  capture: z.looseObject({
    waitingBytes: z.number(),
    maxBytes: z.number(),
    droppedEvents: z.number(),
    delivered: z.number().optional(),
    rejected: z.number().optional(),
    lastError: z.string().optional(),
  }),
});
/** What a running gateway says of itself. */
export type GatewayInfo = z.infer<typeof gatewayInfoSchema>;

interface Call {
  method?: string;
  path: string;
  body?: unknown;
  signal: AbortSignal;
  timeoutMs?: number;
  /** Sent without the portal's token, like a client's request. */
  asClient?: boolean;
}

function errorOf(status: number, text: string): Error {
  let parsed: z.infer<typeof errorBodySchema>['error'] | undefined;
  try {
    parsed = errorBodySchema.parse(JSON.parse(text)).error;
  } catch {
    // Not from a gateway; the status tells enough.
  }
  const message =
    parsed?.message ?? `the gateway answered with status ${status}`;
  switch (status) {
    case 400:
    case 405:
    case 413:
    case 415:
      return Object.assign(
        new InputError(message),
        parsed?.field === undefined ? {} : { field: parsed.field },
      );
    case 401:
      return new AuthenticationError(message);
    case 404:
      return new NotFoundError(message);
    case 409:
      return new ConflictError(message);
    default:
      return new ServiceUnavailableError(message);
  }
}

/** Calls the gateway of a data folder. Answers that are errors become those of `@backstage/errors`. */
export class GatewayClient {
  private token?: string;

  constructor(private readonly home: string, readonly port: number) {}

  get baseUrl(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** @throws ServiceUnavailableError if it does not answer in time; whatever `errorOf` makes of a refusal. */
  async call<T>(schema: z.ZodType<T>, call: Call): Promise<T> {
    const { method = 'GET', timeoutMs = CALL_TIMEOUT_MS } = call;
    const headers: Record<string, string> = {};
    if (!call.asClient) {
      headers.authorization = `Bearer ${await this.readToken()}`;
    }
    if (call.body !== undefined) {
      headers['content-type'] = 'application/json';
    }
    call.signal.throwIfAborted();
    try {
      const response = await fetch(`${this.baseUrl}${call.path}`, {
        method,
        headers,
        body: call.body === undefined ? undefined : JSON.stringify(call.body),
        signal: AbortSignal.any([call.signal, AbortSignal.timeout(timeoutMs)]),
      });
      const text = await response.text();
      if (!response.ok) {
        throw errorOf(response.status, text);
      }
      return schema.parse(JSON.parse(text));
    } catch (error) {
      call.signal.throwIfAborted();
      // By name: fetch throws errors of the runtime's own, whatever context this runs in.
      if (['TypeError', 'TimeoutError'].includes((error as Error).name)) {
        throw new ServiceUnavailableError(
          `The prediction gateway at ${this.baseUrl} does not answer; the portal starts it again by itself, see gateway/gateway.log in the data folder`,
          error,
        );
      }
      throw error;
    }
  }

  /**
   * What the gateway says of itself; undefined if nothing answers there.
   * @throws ServiceUnavailableError if another program does.
   */
  async findInfo(signal: AbortSignal): Promise<GatewayInfo | undefined> {
    try {
      return await this.call(gatewayInfoSchema, {
        path: '/admin/info',
        signal,
        timeoutMs: 5_000,
      });
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof ServiceUnavailableError) {
        return undefined;
      }
      const owner =
        error instanceof AuthenticationError
          ? 'the gateway of another data folder'
          : 'another program';
      throw new ServiceUnavailableError(
        `Port ${this.port} is taken by ${owner}; stop it or set PORTAL_GATEWAY_PORT to a free port`,
        error,
      );
    }
  }

  private async readToken(): Promise<string> {
    this.token ??= (
      await readFile(gatewayPaths(this.home).adminToken, 'utf8')
    ).trim();
    return this.token;
  }
}
