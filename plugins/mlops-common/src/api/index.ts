import { approvalRoutes } from './approvals';
import { datasetRoutes } from './datasets';
import { featureViewRoutes } from './featureViews';
import { lineageRoutes } from './lineage';
import { monitoringRoutes } from './monitoring';
import { pipelineRoutes } from './pipelines';
import { problemRoutes } from './problems';
import { registryRoutes } from './registry';
import { repositoryRoutes } from './repositories';
import { retrainingRoutes } from './retraining';
import { servingRoutes } from './serving';
import { sourceRoutes } from './sources';

export * from './route';
export * from './sources';
export * from './pipelines';
export * from './repositories';
export * from './registry';
export * from './approvals';
export * from './serving';
export * from './monitoring';
export * from './retraining';
export * from './lineage';
export * from './problems';
export * from './datasets';
export * from './featureViews';

/** Every route of the hub by operation id: the one source of the router's checks, the OpenAPI document and the client. */
export const mlopsRoutes = {
  ...problemRoutes,
  ...sourceRoutes,
  ...pipelineRoutes,
  ...repositoryRoutes,
  ...registryRoutes,
  ...approvalRoutes,
  ...servingRoutes,
  ...monitoringRoutes,
  ...retrainingRoutes,
  ...lineageRoutes,
  ...datasetRoutes,
  ...featureViewRoutes,
};
export type MlopsRoutes = typeof mlopsRoutes;
export type RouteId = keyof MlopsRoutes;
