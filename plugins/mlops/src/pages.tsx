import { PageBlueprint } from '@backstage/frontend-plugin-api';
import { RiFocus3Line, RiHomeLine } from '@remixicon/react';
import { homeRouteRef, problemsRouteRef } from './routes';

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

/** One page extension per section; each keeps its own sub-routes. */
export const pages = [homePage, problemsPage];
