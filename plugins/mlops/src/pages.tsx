import { PageBlueprint } from '@backstage/frontend-plugin-api';
import {
  RiBox3Line,
  RiCheckLine,
  RiCodeLine,
  RiCpuLine,
  RiFileList2Line,
  RiFocus3Line,
  RiGitMergeLine,
  RiHomeLine,
} from '@remixicon/react';
import {
  apiRouteRef,
  approvalsRouteRef,
  auditRouteRef,
  homeRouteRef,
  modelsRouteRef,
  pipelinesRouteRef,
  platformRouteRef,
  problemsRouteRef,
  runsRouteRef,
} from './routes';

const homePage = PageBlueprint.make({
  name: 'home',
  params: {
    path: '/',
    title: 'Home',
    icon: <RiHomeLine />,
    routeRef: homeRouteRef,
    noHeader: true,
    loader: () => import('./home/HomePage').then(m => <m.HomePage />),
  },
});

const problemsPage = PageBlueprint.make({
  name: 'problems',
  params: {
    path: '/ml/problems',
    title: 'Problems',
    icon: <RiFocus3Line />,
    routeRef: problemsRouteRef,
    noHeader: true,
    loader: () =>
      import('./problems/ProblemRoutes').then(m => <m.ProblemRoutes />),
  },
});

const pipelinesPage = PageBlueprint.make({
  name: 'pipelines',
  params: {
    path: '/ml/pipelines',
    title: 'Pipelines',
    icon: <RiGitMergeLine />,
    routeRef: pipelinesRouteRef,
    noHeader: true,
    loader: () =>
      import('./pipelines/PipelineRoutes').then(m => <m.PipelineRoutes />),
  },
});

const runsPage = PageBlueprint.make({
  name: 'runs',
  params: {
    path: '/ml/runs',
    title: 'Runs',
    routeRef: runsRouteRef,
    noHeader: true,
    loader: () =>
      import('./pipelines/PipelineRoutes').then(m => <m.RunRoutes />),
  },
});

const modelsPage = PageBlueprint.make({
  name: 'models',
  params: {
    path: '/ml/models',
    title: 'Models',
    icon: <RiBox3Line />,
    routeRef: modelsRouteRef,
    noHeader: true,
    loader: () => import('./registry/ModelRoutes').then(m => <m.ModelRoutes />),
  },
});

const approvalsPage = PageBlueprint.make({
  name: 'approvals',
  params: {
    path: '/ml/approvals',
    title: 'Approvals',
    icon: <RiCheckLine />,
    routeRef: approvalsRouteRef,
    noHeader: true,
    loader: () =>
      import('./approvals/ApprovalRoutes').then(m => <m.ApprovalRoutes />),
  },
});

const platformPage = PageBlueprint.make({
  name: 'platform',
  params: {
    path: '/ml/platform',
    title: 'Platform',
    icon: <RiCpuLine />,
    routeRef: platformRouteRef,
    noHeader: true,
    loader: () =>
      import('./platform/PlatformPage').then(m => <m.PlatformPage />),
  },
});

const auditPage = PageBlueprint.make({
  name: 'audit',
  params: {
    path: '/ml/audit',
    title: 'Audit',
    icon: <RiFileList2Line />,
    routeRef: auditRouteRef,
    noHeader: true,
    loader: () => import('./platform/AuditPage').then(m => <m.AuditPage />),
  },
});

const apiPage = PageBlueprint.make({
  name: 'api',
  params: {
    path: '/ml/api',
    title: 'API',
    icon: <RiCodeLine />,
    routeRef: apiRouteRef,
    noHeader: true,
    loader: () => import('./platform/ApiPage').then(m => <m.ApiPage />),
  },
});

/** One page extension per section; each keeps its own sub-routes. */
export const pages = [
  homePage,
  problemsPage,
  pipelinesPage,
  runsPage,
  modelsPage,
  approvalsPage,
  platformPage,
  auditPage,
  apiPage,
];
