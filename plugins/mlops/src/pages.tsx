import { PageBlueprint } from '@backstage/frontend-plugin-api';
import { RiFocus3Line, RiGitMergeLine, RiHomeLine } from '@remixicon/react';
import {
  homeRouteRef,
  pipelinesRouteRef,
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

/** One page extension per section; each keeps its own sub-routes. */
export const pages = [homePage, problemsPage, pipelinesPage, runsPage];
