import { PageBlueprint } from '@backstage/frontend-plugin-api';
import { EntityContentBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { RiPulseLine } from '@remixicon/react';
import { alertsRouteRef } from '../routes';

const alertsPage = PageBlueprint.make({
  name: 'alerts',
  params: {
    path: '/ml/alerts',
    title: 'Alerts',
    icon: <RiPulseLine />,
    routeRef: alertsRouteRef,
    noHeader: true,
    loader: () => import('./AlertRoutes').then(m => <m.AlertRoutes />),
  },
});

const monitoringTab = EntityContentBlueprint.make({
  name: 'monitoring',
  params: {
    path: '/monitoring',
    title: 'Monitoring',
    group: 'operation',
    filter: {
      $any: [
        { kind: 'mlproblem' },
        { kind: 'mlmodel' },
        { kind: 'api', 'spec.type': 'ml-endpoint' },
      ],
    },
    loader: () => import('./MonitoringPage').then(m => <m.EntityMonitoring />),
  },
});

/** Pages of alerts, and monitoring as a tab of entity pages; monitoring itself is a page of its endpoint. */
export const monitoringExtensions = [alertsPage, monitoringTab];
