import { RouteOutput, RouteRequest, RouteSpec } from './route';

/** Path parameters and query side by side, the body apart: `{ name, limit, body }`. */
export type FlatRequest<T extends RouteSpec> = RouteRequest<T>['params'] &
  RouteRequest<T>['query'] &
  (T extends { body: object } ? { body: RouteRequest<T>['body'] } : {});

export interface TransportOptions {
  /** URL of the hub, e.g. http://localhost:7007/api/mlops or plugin://mlops */
  baseUrl: string | (() => Promise<string>);
  fetch: (url: string, init?: RequestInit) => Promise<Response>;
  /** Bearer token for scripts; the portal's own fetch adds its token itself. */
  token?: string;
}

/** A refusal or failure the hub answered with. */
export class MlopsApiError extends Error {
  readonly status: number;
  readonly code: string;
  /** Field errors of a refused body, to show at the field. */
  readonly fields: Array<{ field: string; message: string }>;

  constructor(
    status: number,
    error: {
      name?: string;
      message?: string;
      fields?: Array<{ field: string; message: string }>;
    },
  ) {
    super(error.message ?? `the hub answered ${status}`);
    this.name = 'MlopsApiError';
    this.status = status;
    this.code = error.name ?? 'Error';
    this.fields = error.fields ?? [];
  }
}

/** Calls one route of the hub; rejects with `MlopsApiError` on an answer that is not 2xx. */
export async function callRoute<T extends RouteSpec>(
  options: TransportOptions,
  spec: T,
  request: Record<string, unknown>,
  call: { signal?: AbortSignal } = {},
): Promise<RouteOutput<T>> {
  const base =
    typeof options.baseUrl === 'string'
      ? options.baseUrl
      : await options.baseUrl();
  const body = spec.body ? JSON.stringify(request.body ?? {}) : undefined;
  const response = await options.fetch(base + pathOf(spec, request), {
    method: spec.method.toUpperCase(),
    headers: {
      accept: 'application/json',
      ...(body ? { 'content-type': 'application/json' } : {}),
      ...(options.token ? { authorization: `Bearer ${options.token}` } : {}),
    },
    body,
    signal: call.signal,
  });
  const text = await response.text();
  if (!response.ok) {
    throw new MlopsApiError(response.status, errorOf(text));
  }
  return JSON.parse(text) as RouteOutput<T>;
}

/** Path with its parameters filled in and the rest of the request as query. */
export function pathOf(
  spec: RouteSpec,
  request: Record<string, unknown>,
): string {
  const path = spec.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = request[name];
    if (value === undefined || value === '') {
      throw new Error(`${spec.path}: the path parameter ${name} is missing`);
    }
    return encodeURIComponent(String(value));
  });
  const query = new URLSearchParams();
  for (const name of Object.keys(spec.query?.shape ?? {})) {
    if (request[name] !== undefined) query.set(name, String(request[name]));
  }
  return query.size ? `${path}?${query}` : path;
}

function errorOf(text: string) {
  try {
    return JSON.parse(text).error ?? { message: text.slice(0, 300) };
  } catch {
    return { message: text.slice(0, 300) };
  }
}
