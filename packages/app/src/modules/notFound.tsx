import { NotFoundErrorPage } from '@backstage/frontend-plugin-api';
import { SwappableComponentBlueprint } from '@backstage/plugin-app-react';

/** What stands at an address that leads to no page: which address, and ways on. */
export const notFoundPage = SwappableComponentBlueprint.make({
  name: 'not-found',
  params: define =>
    define({
      component: NotFoundErrorPage,
      loader: () => import('@mlops-portal/plugin-mlops').then(m => m.NoPage),
    }),
});
