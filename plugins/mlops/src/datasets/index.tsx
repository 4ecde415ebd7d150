import { PageBlueprint } from '@backstage/frontend-plugin-api';
import { RiDatabase2Line, RiEqualizerLine } from '@remixicon/react';
import { datasetsRouteRef, featureViewsRouteRef } from '../routes';

const datasetsPage = PageBlueprint.make({
  name: 'datasets',
  params: {
    path: '/ml/datasets',
    title: 'Datasets',
    icon: <RiDatabase2Line />,
    routeRef: datasetsRouteRef,
    noHeader: true,
    loader: () => import('./DatasetRoutes').then(m => <m.DatasetRoutes />),
  },
});

const featureViewsPage = PageBlueprint.make({
  name: 'feature-views',
  params: {
    path: '/ml/feature-views',
    title: 'Feature views',
    icon: <RiEqualizerLine />,
    routeRef: featureViewsRouteRef,
    noHeader: true,
    loader: () => import('./DatasetRoutes').then(m => <m.FeatureViewRoutes />),
  },
});

/** Pages of datasets and feature views. */
export const datasetExtensions = [datasetsPage, featureViewsPage];
