import { createRouteRef } from '@backstage/frontend-plugin-api';

export const homeRouteRef = createRouteRef();
export const problemsRouteRef = createRouteRef();
export const datasetsRouteRef = createRouteRef();
export const featureViewsRouteRef = createRouteRef();
export const pipelinesRouteRef = createRouteRef();
export const runsRouteRef = createRouteRef();
export const modelsRouteRef = createRouteRef();
export const approvalsRouteRef = createRouteRef();
export const endpointsRouteRef = createRouteRef();
export const alertsRouteRef = createRouteRef();
export const lineageRouteRef = createRouteRef();
export const platformRouteRef = createRouteRef();
export const auditRouteRef = createRouteRef();
export const apiRouteRef = createRouteRef();

const part = encodeURIComponent;

/** Paths of the portal's pages. They are also what the hub answers in `link`, so they do not change. */
export const paths = {
  home: () => '/',
  problems: () => '/ml/problems',
  newProblem: () => '/ml/problems/new',
  problem: (name: string) => `/ml/problems/${part(name)}`,
  datasets: () => '/ml/datasets',
  dataset: (name: string) => `/ml/datasets/${part(name)}`,
  datasetCompare: (name: string, before: string, after: string) =>
    `/ml/datasets/${part(name)}?version=${part(after)}&compare=${part(before)}`,
  featureViews: () => '/ml/feature-views',
  featureView: (name: string) => `/ml/feature-views/${part(name)}`,
  pipelines: () => '/ml/pipelines',
  pipeline: (name: string) => `/ml/pipelines/${part(name)}`,
  run: (id: string) => `/ml/runs/${part(id)}`,
  compareRuns: (pipeline: string, runs: string[]) =>
    `/ml/pipelines/${part(pipeline)}/compare?runs=${runs.map(part).join(',')}`,
  models: () => '/ml/models',
  model: (name: string) => `/ml/models/${part(name)}`,
  version: (model: string, version: number) =>
    `/ml/models/${part(model)}/versions/${version}`,
  compare: (model: string, versions: number[]) =>
    `/ml/models/${part(model)}/compare?versions=${versions.join(',')}`,
  approvals: () => '/ml/approvals',
  approval: (id: string) => `/ml/approvals/${part(id)}`,
  endpoints: () => '/ml/endpoints',
  endpoint: (name: string) => `/ml/endpoints/${part(name)}`,
  monitoring: (endpoint: string) =>
    `/ml/endpoints/${part(endpoint)}/monitoring`,
  alerts: () => '/ml/alerts',
  alert: (id: string) => `/ml/alerts/${part(id)}`,
  lineage: (node?: string) =>
    node ? `/ml/lineage?node=${part(node)}` : '/ml/lineage',
  trace: (endpoint: string, id: string) =>
    `/ml/lineage?endpoint=${part(endpoint)}&prediction=${part(id)}`,
  platform: () => '/ml/platform',
  audit: (object?: string) =>
    object ? `/ml/audit?object=${part(object)}` : '/ml/audit',
  api: () => '/ml/api',
};

const OBJECT_PATHS: Record<string, (name: string) => string> = {
  dataset: paths.dataset,
  'feature-view': paths.featureView,
  // In lineage a feature view is named with the commit and the data it was computed from.
  featureview: name => paths.featureView(name.split('@')[0]),
  problem: paths.problem,
  repository: paths.pipeline,
  pipeline: paths.pipeline,
  run: paths.run,
  model: paths.model,
  version: name => {
    const [model, version] = name.split('/');
    return paths.version(model, Number(version));
  },
  endpoint: paths.endpoint,
  alert: paths.alert,
  approval: paths.approval,
  retraining: paths.problem,
};

/** Page of an object named as in the audit and in lineage (`version:flight-delay/6`); undefined where it has none. */
export function pathOfObject(object: string): string | undefined {
  const at = object.indexOf(':');
  return OBJECT_PATHS[object.slice(0, at)]?.(object.slice(at + 1));
}
