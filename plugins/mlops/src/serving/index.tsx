import { PageBlueprint } from '@backstage/frontend-plugin-api';
import { EntityContentBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { RiServerLine } from '@remixicon/react';
import { endpointsRouteRef } from '../routes';

const endpointsPage = PageBlueprint.make({
  name: 'endpoints',
  params: {
    path: '/ml/endpoints',
    title: 'Endpoints',
    icon: <RiServerLine />,
    routeRef: endpointsRouteRef,
    noHeader: true,
    loader: () => import('./EndpointRoutes').then(m => <m.EndpointRoutes />),
  },
});

const endpointTab = EntityContentBlueprint.make({
  name: 'endpoint',
  params: {
    path: '/endpoint',
    title: 'Endpoint',
    group: 'operation',
    filter: {
      $any: [
        { kind: 'mlproblem' },
        { kind: 'api', 'spec.type': 'ml-endpoint' },
      ],
    },
    loader: () => import('./EndpointPage').then(m => <m.EntityEndpoint />),
  },
});

/** Pages of endpoints and their tab on entity pages. */
export const servingExtensions = [endpointsPage, endpointTab];
