import { PageBlueprint } from '@backstage/frontend-plugin-api';
import { EntityContentBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { RiFlowChart } from '@remixicon/react';
import { lineageRouteRef } from '../routes';

const lineagePage = PageBlueprint.make({
  name: 'lineage',
  params: {
    path: '/ml/lineage',
    title: 'Lineage',
    icon: <RiFlowChart />,
    routeRef: lineageRouteRef,
    noHeader: true,
    loader: () => import('./LineagePage').then(m => <m.LineagePage />),
  },
});

const lineageTab = EntityContentBlueprint.make({
  name: 'lineage',
  params: {
    path: '/lineage',
    title: 'Lineage',
    group: 'documentation',
    filter: {
      $any: [
        { kind: 'mlproblem' },
        { kind: 'mlmodel' },
        { kind: 'api', 'spec.type': 'ml-endpoint' },
      ],
    },
    loader: () => import('./LineagePage').then(m => <m.EntityLineage />),
  },
});

/** The page of lineage and its tab on entity pages. */
export const lineageExtensions = [lineagePage, lineageTab];
