import { createFrontendPlugin } from '@backstage/frontend-plugin-api';
import { RiLoopRightLine } from '@remixicon/react';
import { mlopsApi } from './api';
import { catalogCards } from './catalog';
import { datasetExtensions } from './datasets';
import { entityContents } from './entities';
import { lineageExtensions } from './lineage';
import { monitoringExtensions } from './monitoring';
import { newProblemExtensions } from './newProblem';
import { pages } from './pages';
import { searchExtensions } from './search';
import * as routes from './routes';
import { servingExtensions } from './serving';

/** The portal's frontend: pages under /ml, tabs on entity pages, the client of the hub. */
export const mlopsPlugin = createFrontendPlugin({
  pluginId: 'mlops',
  title: 'ML portal',
  icon: <RiLoopRightLine />,
  info: { packageJson: () => import('../package.json') },
  extensions: [
    mlopsApi,
    ...pages,
    ...datasetExtensions,
    ...newProblemExtensions,
    ...servingExtensions,
    ...monitoringExtensions,
    ...lineageExtensions,
    ...entityContents,
    ...catalogCards,
    ...searchExtensions,
  ],
  routes: {
    home: routes.homeRouteRef,
    problems: routes.problemsRouteRef,
    datasets: routes.datasetsRouteRef,
    featureViews: routes.featureViewsRouteRef,
    pipelines: routes.pipelinesRouteRef,
    models: routes.modelsRouteRef,
    approvals: routes.approvalsRouteRef,
    endpoints: routes.endpointsRouteRef,
    alerts: routes.alertsRouteRef,
    lineage: routes.lineageRouteRef,
  },
});
