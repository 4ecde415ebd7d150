import { RouteSpec } from '../api/route';

/** Source of `client.ts`: one method for each route, with the route's summary and permission as its docstring. */
export function clientSource(routes: Record<string, RouteSpec>): string {
  const methods = Object.entries(routes).map(([id, spec]) => method(id, spec));
  return `// Made from the route table by \`yarn workspace @mlops-portal/plugin-mlops-common generate\`; a test compares. Do not edit.
import { mlopsRoutes, MlopsRoutes } from '../api';
import { RouteOutput } from '../api/route';
import { callRoute, FlatRequest, TransportOptions } from '../api/transport';

type Call = { signal?: AbortSignal };
type Flat<K extends keyof MlopsRoutes> = FlatRequest<MlopsRoutes[K]>;
type Answer<K extends keyof MlopsRoutes> = Promise<RouteOutput<MlopsRoutes[K]>>;

/** Typed client of the hub. Every method rejects with \`MlopsApiError\`. */
export class MlopsClient {
  constructor(private readonly options: TransportOptions) {}
${methods.join('\n')}
}
`;
}

function method(id: string, spec: RouteSpec): string {
  const empty = !spec.params && !spec.query && !spec.body;
  const request = empty ? '' : `request: Flat<'${id}'>, `;
  return `
  /** ${spec.summary}. ${spec.method.toUpperCase()} ${spec.path}, permission ${
    spec.permission
  } */
  ${id}(${request}call?: Call): Answer<'${id}'> {
    return callRoute(this.options, mlopsRoutes.${id}, ${
    empty ? '{}' : 'request'
  }, call);
  }`;
}
