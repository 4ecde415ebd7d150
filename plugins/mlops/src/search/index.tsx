import {
  SearchFilterResultTypeBlueprint,
  SearchResultListItemBlueprint,
} from '@backstage/plugin-search-react/alpha';
import { RiLoopRightLine } from '@remixicon/react';
import { SEARCH_TYPE } from '@mlops-portal/plugin-mlops-common';

const hubResult = SearchResultListItemBlueprint.make({
  params: {
    predicate: result => result.type === SEARCH_TYPE,
    component: () => import('./HubResult').then(m => m.HubResult),
  },
});

const hubResultType = SearchFilterResultTypeBlueprint.make({
  params: {
    value: SEARCH_TYPE,
    name: 'Machine learning',
    icon: <RiLoopRightLine size={24} />,
  },
});

/** Problems, versions, runs, endpoints, columns, metrics and commits among the results of the search. */
export const searchExtensions = [hubResult, hubResultType];
