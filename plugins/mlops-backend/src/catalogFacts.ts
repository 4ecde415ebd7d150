import {
  Entity,
  RELATION_API_CONSUMED_BY,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import {
  KIND_DATASET,
  KIND_FEATURE_VIEW,
  KIND_MODEL,
  KIND_PROBLEM,
  ML_RELATIONS,
  TYPE_ENDPOINT,
} from '@mlops-portal/plugin-mlops-common';
import { HubContext } from './context';
import { RequestContext } from './router/handlers';

/** What the hub asks the catalog. */
export function catalogFacts({
  catalog,
  auth,
}: Pick<HubContext, 'catalog' | 'auth'>) {
  const ofKind = async (kind: string): Promise<Entity[]> => {
    const credentials = await auth.getOwnServiceCredentials();
    const { items } = await catalog.getEntities(
      { filter: { kind } },
      { credentials },
    );
    return items;
  };
  return {
    /** Every problem that is registered. */
    problems: () => ofKind(KIND_PROBLEM),
    datasets: () => ofKind(KIND_DATASET),
    featureViews: () => ofKind(KIND_FEATURE_VIEW),
    /**
     * Refs of what calls an endpoint, as far as the caller may see them. In the catalog an endpoint may carry a name of its
     * own: it is known by the model that it deploys.
     */
    async consumers(
      endpoint: string,
      { credentials }: RequestContext,
    ): Promise<string[]> {
      const { items } = await catalog.getEntities(
        {
          filter: [
            { kind: 'API', 'metadata.name': endpoint },
            {
              kind: 'API',
              'spec.type': TYPE_ENDPOINT,
              [`relations.${ML_RELATIONS.deployedAs}`]: stringifyEntityRef({
                kind: KIND_MODEL,
                name: endpoint,
              }),
            },
          ],
          fields: ['relations'],
        },
        { credentials },
      );
      const refs = items.flatMap(({ relations }) =>
        (relations ?? [])
          .filter(({ type }) => type === RELATION_API_CONSUMED_BY)
          .map(({ targetRef }) => targetRef),
      );
      return [...new Set(refs)];
    },
  };
}
