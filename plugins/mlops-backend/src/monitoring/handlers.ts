import { InputError } from '@backstage/errors';
import { SliceHandlers } from '../router/handlers';
import { AlertStore } from './AlertStore';
import { LabelStore } from './capture/LabelStore';
import { Layout } from './capture/layout';
import { MonitoringService } from './MonitoringService';
import { MonitoringStore } from './MonitoringStore';
import { MonitoringWorker } from './MonitoringWorker';
import { listUnlabelled } from './unlabelled';

export type MonitoringRoutes =
  | 'writeLabels'
  | 'listUnlabelled'
  | 'getMonitoring'
  | 'getFeature'
  | 'getFeatureSegments'
  | 'evaluateMonitoring'
  | 'listAlerts'
  | 'getAlert'
  | 'acknowledgeAlert'
  | 'muteAlert';

export function monitoringHandlers(deps: {
  service: MonitoringService;
  worker: MonitoringWorker;
  labels: LabelStore;
  layout: Layout;
  store: MonitoringStore;
  alerts: AlertStore;
  now: () => Date;
}): SliceHandlers<MonitoringRoutes> {
  const { service, worker, labels, layout, store, alerts, now } = deps;
  return {
    async writeLabels({ params: { endpoint }, body }) {
      await service.mustKnow(endpoint);
      return { stored: await labels.store(endpoint, body.labels) };
    },
    async listUnlabelled({ params: { endpoint }, query }, { signal }) {
      await service.mustKnow(endpoint);
      const { spill } = service;
      return listUnlabelled({ layout, store, spill, signal }, endpoint, query);
    },
    async getMonitoring({ params, query }) {
      await worker.flush();
      return service.view(params.endpoint, query);
    },
    getFeature: ({ params, query }) =>
      service.feature(params.endpoint, params.feature, query),
    getFeatureSegments: ({ params, query }, { signal }) =>
      service.segments(params.endpoint, params.feature, query, signal),
    async evaluateMonitoring({ params: { endpoint } }, { signal }) {
      await worker.flush();
      return service.evaluateNow(endpoint, signal);
    },
    listAlerts: ({ query }) => alerts.list(query),
    getAlert: ({ params }) => alerts.get(params.id),
    acknowledgeAlert: ({ params, body }, { actor }) =>
      service.change(params.id, {
        acknowledgedBy: actor,
        acknowledgedAt: now().toISOString(),
        acknowledgeReason: body.reason,
      }),
    async muteAlert({ params, body }) {
      const until = Date.parse(body.until);
      if (Number.isNaN(until)) {
        throw new InputError(
          `until: '${body.until}' is no time; give one like 2026-12-31T18:00:00Z`,
        );
      }
      if (until <= now().getTime()) {
        throw new InputError(
          `until: ${body.until} has passed; a mute needs an end that lies ahead`,
        );
      }
      return service.change(params.id, {
        mutedUntil: new Date(until).toISOString(),
        muteReason: body.reason,
      });
    },
  };
}
