import { NotFoundError } from '@backstage/errors';
import { MetricsEngine, SeriesQuery } from '@mlops-portal/plugin-mlops-node';
import { RequestContext, SliceHandlers } from '../router/handlers';
import { MonitoringSlice } from '../slices';
import { RolloutWorker, WorkerDeps } from './RolloutWorker';
import { promote } from './promote';
import { requestFor, snippetsFor } from './snippets';

export type ServingRouteId =
  | 'listEndpoints'
  | 'getEndpoint'
  | 'deploy'
  | 'promote'
  | 'rollback'
  | 'retire'
  | 'infer'
  | 'getEndpointSeries'
  | 'getRevisionLog'
  | 'writePayloadEvents';

interface HandlerDeps extends WorkerDeps {
  worker: RolloutWorker;
  monitoring: () => MonitoringSlice;
  metrics: () => MetricsEngine | undefined;
  /** Applications that call the endpoint, from the catalog. */
  consumers: (endpoint: string, context: RequestContext) => Promise<string[]>;
}

const UNITS: Record<SeriesQuery['metric'], string> = {
  requests: '1/s',
  errors: '1/s',
  p50: 'ms',
  p95: 'ms',
};

export function servingHandlers(
  deps: HandlerDeps,
): SliceHandlers<ServingRouteId> {
  const { service } = deps;
  return {
    listEndpoints: async ({ query }) => {
      const wanted = query.q?.toLowerCase() ?? '';
      const found = (await service.list()).filter(endpoint =>
        endpoint.name.includes(wanted),
      );
      const all = found.sort((a, b) => badness(b.state) - badness(a.state));
      return {
        items: all.slice(query.offset, query.offset + query.limit),
        total: all.length,
      };
    },
    getEndpoint: ({ params }, context) => detail(deps, params.name, context),
    deploy: ({ params, body }, { actor }) =>
      service.deploy({ endpoint: params.name, ...body, actor }),
    promote: ({ params, body }, { actor }) =>
      promote(deps, { endpoint: params.name, ...body, actor }),
    rollback: ({ params, body }, { actor }) =>
      service.rollback({ endpoint: params.name, ...body, actor }),
    retire: ({ params, body }, { actor }) =>
      service.retire({ endpoint: params.name, ...body, actor }),
    infer: async ({ params, query, body }, { signal }) => {
      const row = await service.row(params.name);
      const revisionId =
        query.version === undefined
          ? undefined
          : (await revisionOf(deps, params.name, query.version)).id;
      return deps
        .engine(row.engine)
        .infer({ name: params.name, revisionId }, body, { signal });
    },
    getEndpointSeries: ({ params, query }, context) =>
      series(deps, params.name, query.hours, context),
    getRevisionLog: async ({ params, query }, { signal }) => {
      const row = await service.row(params.name);
      return deps.engine(row.engine).getLog(
        {
          name: params.name,
          revisionId: params.revision,
          offset: query.offset,
        },
        { signal },
      );
    },
    writePayloadEvents: ({ body }) => deps.monitoring().store(body),
  };
}

function badness(state: string): number {
  return [
    'retired',
    'answering',
    'canary',
    'shadow',
    'starting',
    'unknown',
    'degraded',
    'not-answering',
  ].indexOf(state);
}

async function revisionOf(
  deps: HandlerDeps,
  endpoint: string,
  version: number,
) {
  const revision = (await deps.store.listRevisions(endpoint)).find(
    r => r.version === version,
  );
  if (!revision)
    throw new NotFoundError(
      `${endpoint}: version ${version} is not in this endpoint; deploy it first`,
    );
  return revision;
}

async function detail(
  deps: HandlerDeps,
  name: string,
  context: RequestContext,
) {
  const endpoint = await deps.service.get(name);
  const main = [...endpoint.revisions].sort((a, b) => b.percent - a.percent)[0];
  const version =
    main && (await deps.registry.getVersion(main.model, main.version));
  const sample = version && requestFor(version.signature);
  return {
    ...endpoint,
    changes: await deps.store.listChanges(name, 50),
    signature: version?.signature,
    sample,
    snippets: sample && endpoint.url ? snippetsFor(endpoint.url, sample) : [],
    consumers: await deps.consumers(name, context).catch(() => []),
  };
}

async function series(
  deps: HandlerDeps,
  name: string,
  hours: number,
  { signal }: RequestContext,
) {
  await deps.service.row(name);
  const engine = deps.metrics();
  if (!engine) return { series: [] };
  const revisions = await deps.store.listRevisions(name);
  const to = Math.floor(deps.now().getTime() / 1000);
  const from = to - Math.round(hours * 3600);
  const stepSeconds = Math.max(60, Math.round((to - from) / 300 / 60) * 60);
  const metrics = Object.keys(UNITS) as Array<SeriesQuery['metric']>;
  return {
    series: await Promise.all(
      metrics.map(async metric => ({
        metric,
        unit: UNITS[metric],
        series: (
          await engine.query(
            { endpoint: name, metric, from, to, stepSeconds },
            { signal },
          )
        ).map(line => ({
          revision: line.revisionId,
          version: revisions.find(r => r.id === line.revisionId)?.version ?? 0,
          points: line.points,
        })),
      })),
    ),
  };
}
