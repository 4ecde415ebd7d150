import {
  ApiBlueprint,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import { DefaultEntityPresentationApi } from '@backstage/plugin-catalog';
import {
  catalogApiRef,
  defaultEntityPresentation,
  entityPresentationApiRef,
} from '@backstage/plugin-catalog-react';
import { EntityContentLayoutBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { catalogIndex } from './catalogIndex';
import { iconOf, kindIcons } from './kinds';

/** Names of entities with the icons of our kinds, in tables, links and the graph. */
const entityPresentation = ApiBlueprint.make({
  name: 'entity-presentation',
  params: defineParams =>
    defineParams({
      api: entityPresentationApiRef,
      deps: { catalogApi: catalogApiRef },
      factory: ({ catalogApi }) =>
        DefaultEntityPresentationApi.create({
          catalogApi,
          kindIcons,
          renderer: {
            async: true,
            render: ({ entityRef, entity, context }) => ({
              snapshot: {
                ...defaultEntityPresentation(entity ?? entityRef, context),
                Icon: iconOf(entity),
              },
              loadEntity: true,
            }),
          },
        }),
    }),
});

/** Overview of what belongs to the loop: its live state over the whole width, the rest beside each other under it. */
const overviewLayout = EntityContentLayoutBlueprint.make({
  name: 'loop',
  params: {
    filter: {
      $any: [
        {
          kind: { $in: ['mlproblem', 'mldataset', 'mlfeatureview', 'mlmodel'] },
        },
        {
          'spec.type': {
            $in: ['ml-pipeline', 'ml-endpoint', 'ml-application'],
          },
        },
      ],
    },
    loader: () => import('./OverviewLayout').then(m => m.OverviewLayout),
  },
});

export const catalogModule = createFrontendModule({
  pluginId: 'catalog',
  extensions: [entityPresentation, overviewLayout, catalogIndex],
});
