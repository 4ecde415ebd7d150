import { LoggerService } from '@backstage/backend-plugin-api';
import { Knex } from 'knex';
import { AuditLog } from '../audit/AuditLog';
import { SliceParts } from '../context';
import {
  MonitoringSlice,
  ProblemsSlice,
  RegistrySlice,
  RetrainingSlice,
  ServingSlice,
} from '../slices';
import { LeaseStore } from '../jobs/LeaseStore';
import { Loop } from '../jobs/Loop';
import { LabelStore } from './capture/LabelStore';
import { layoutOf } from './capture/layout';
import { PredictionStore } from './capture/PredictionStore';
import { DatabaseAlertStore } from './DatabaseAlertStore';
import { DatabaseMonitoringStore } from './DatabaseMonitoringStore';
import { findPrediction } from './findPrediction';
import { MonitoringRoutes, monitoringHandlers } from './handlers';
import { MonitoringService } from './MonitoringService';
import { MonitoringWorker } from './MonitoringWorker';
import { Retention } from './Retention';
import { References } from './References';
import { found } from './Situation';

const EVERY_MS = 15_000;
const TIDY_MS = 3_600_000;
export const DEFAULT_KEEP_DAYS = 400;

export interface MonitoringSliceDeps {
  knex: Knex;
  home: string;
  leases: LeaseStore;
  logger: LoggerService;
  registry: RegistrySlice;
  problems: ProblemsSlice;
  serving: ServingSlice;
  retraining: RetrainingSlice;
  /** Where it records what it does by itself. */
  audit?: Pick<AuditLog, 'record'>;
  /** Days that captured predictions and labels are kept; DEFAULT_KEEP_DAYS where left out. */
  keepDays?: number;
  now?: () => Date;
}

/** Captured predictions and labels, drift, quality and alerts. `tick` is one round of its worker. */
export function createMonitoringSlice(deps: MonitoringSliceDeps): SliceParts<
  MonitoringSlice,
  MonitoringRoutes
> & {
  tick(signal: AbortSignal): Promise<void>;
  retention: Retention;
} {
  const now = deps.now ?? (() => new Date());
  const layout = layoutOf(deps.home);
  const store = new DatabaseMonitoringStore(deps.knex);
  const alerts = new DatabaseAlertStore(deps.knex);
  const references = new References(deps);
  const keepDays = deps.keepDays ?? DEFAULT_KEEP_DAYS;
  const base = { ...deps, keepDays, layout, store, alerts, references, now };
  const service = new MonitoringService(base);
  const worker = new MonitoringWorker({ ...base, service });
  const predictions = new PredictionStore({
    layout,
    now,
    versionOf: (endpoint, revision) => versionOf(deps, endpoint, revision),
    onStored({ days, refused }) {
      for (const { endpoint } of days) worker.touch(endpoint);
      worker.countRefused(refused);
    },
  });
  const labels = new LabelStore({
    layout,
    now,
    onStored: endpoints => endpoints.forEach(each => worker.touch(each)),
  });
  const loop = new Loop({
    name: 'evaluating monitoring',
    everyMs: EVERY_MS,
    logger: deps.logger,
    work: signal => worker.round(signal),
  });
  const retention = new Retention(base);
  const tidying = new Loop({
    name: 'removing old predictions',
    everyMs: TIDY_MS,
    logger: deps.logger,
    work: signal => retention.round(signal),
  });
  return {
    slice: {
      summary: endpoint => service.summary(endpoint),
      store: events => predictions.store(events),
      recentPredictions: async (endpoint, since) =>
        predictions.recent.since(endpoint, since),
      prediction: (endpoint, id) =>
        findPrediction({ layout, spill: service.spill }, endpoint, id),
    },
    handlers: monitoringHandlers({
      service,
      worker,
      labels,
      layout,
      store,
      alerts,
      now,
    }),
    tick: signal => worker.round(signal),
    retention,
    start() {
      loop.start();
      tidying.start();
    },
    async stop() {
      await tidying.stop();
      await loop.stop();
      await predictions.idle();
      await worker.flush();
    },
  };
}

/** Version behind an event that names none: that of its revision, else the one in production. */
async function versionOf(
  { serving, registry }: MonitoringSliceDeps,
  endpoint: string,
  revision: string | undefined,
): Promise<number | undefined> {
  const known = revision && (await serving.versionOfRevision(revision));
  if (known) return known.version;
  return (await found(registry.champion(endpoint)))?.version;
}
