import {
  ApiBlueprint,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import {
  ALL_RELATIONS,
  ALL_RELATION_PAIRS,
  DefaultCatalogGraphApi,
  catalogGraphApiRef,
} from '@backstage/plugin-catalog-graph';
import { ML_RELATIONS } from '@mlops-portal/plugin-mlops-common';

/** Relations of machine learning, each with its reverse, beside those that the graph knows by itself. */
const relationGraph = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: catalogGraphApiRef,
      deps: {},
      factory: () =>
        new DefaultCatalogGraphApi({
          knownRelations: [
            ...ALL_RELATIONS,
            ...Object.keys(ML_RELATIONS),
            ...Object.values(ML_RELATIONS),
          ],
          knownRelationPairs: [
            ...ALL_RELATION_PAIRS,
            ...Object.entries<string>(ML_RELATIONS),
          ],
          defaultRelationTypes: { exclude: [] },
        }),
    }),
});

export const graphModule = createFrontendModule({
  pluginId: 'catalog-graph',
  extensions: [relationGraph],
});
