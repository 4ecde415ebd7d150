import { Knex } from 'knex';
import { LoggerService } from '@backstage/backend-plugin-api';
import {
  CanaryRules,
  TrafficBeforeApproval,
  VersionDetail,
} from '@mlops-portal/plugin-mlops-common';
import { MetricsEngine, ServingEngine } from '@mlops-portal/plugin-mlops-node';
import { RequestContext, SliceHandlers } from '../router/handlers';
import {
  MonitoringSlice,
  PipelinesSlice,
  ProblemsSlice,
  RegistrySlice,
  ServingSlice,
} from '../slices';
import { DatabaseServingStore } from './DatabaseServingStore';
import { servingHandlers, ServingRouteId } from './handlers';
import { RolloutWorker } from './RolloutWorker';
import { ServingService } from './ServingService';

export interface ServingOptions {
  knex: Knex;
  logger: LoggerService;
  registry: RegistrySlice;
  problems: ProblemsSlice;
  pipelines: PipelinesSlice;
  monitoring: () => MonitoringSlice;
  engine: (id: string) => ServingEngine;
  engineId: () => string;
  metrics: () => MetricsEngine | undefined;
  consumers: (endpoint: string, context: RequestContext) => Promise<string[]>;
  freeShares: TrafficBeforeApproval;
  rules: CanaryRules;
  now?: () => Date;
}

/** Endpoints, revisions and rollouts. `tick` is one round of the worker over every endpoint; call it about once a second. */
export function createServingSlice(options: ServingOptions): {
  slice: ServingSlice;
  handlers: SliceHandlers<ServingRouteId>;
  tick: (signal: AbortSignal) => Promise<void>;
} {
  const store = new DatabaseServingStore(options.knex);
  const now = options.now ?? (() => new Date());
  // The service wakes the worker, which is made of the service.
  const made: { worker?: RolloutWorker } = {};
  const kick = (endpoint: string) => {
    setImmediate(() =>
      made.worker?.round(endpoint, AbortSignal.timeout(30_000)),
    );
  };
  const base = { ...options, store, now, kick };
  const service = new ServingService(base);
  const workerDeps = { ...base, service };
  const worker = new RolloutWorker(workerDeps);
  made.worker = worker;
  options.registry.onVersionReady(version =>
    deployRetrained(options, service, version),
  );
  options.registry.onApprovalDecided(async approval => kick(approval.endpoint));
  return {
    slice: {
      getEndpoint: name => service.get(name),
      listEndpoints: () => service.list(),
      deploy: request => service.deploy(request),
      versionOfRevision: async id => {
        const revision = await store.getRevision(id);
        return revision && { model: revision.model, version: revision.version };
      },
    },
    handlers: servingHandlers({ ...workerDeps, worker }),
    tick: signal => worker.tick(signal),
  };
}

/** A version that retraining made and that passed its gate goes to the endpoint by itself, as far as policy lets it. */
async function deployRetrained(
  options: ServingOptions,
  service: ServingService,
  version: VersionDetail,
) {
  if (
    !version.runId ||
    version.gate.some(condition => condition.state !== 'met')
  )
    return;
  const run = await options.pipelines.getRun(version.runId);
  const endpoints = await service.list();
  const inUse = endpoints.some(
    endpoint => endpoint.name === version.model && endpoint.state !== 'retired',
  );
  if (!run.decisionId || !inUse) return;
  await service.deploy({
    endpoint: version.model,
    version: version.version,
    reason: run.because ?? `retraining run ${run.number}`,
    idempotencyKey: `retrained:${version.model}:${version.version}`,
    actor: run.actor,
  });
}
