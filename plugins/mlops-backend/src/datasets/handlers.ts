import { FieldsError } from '../router/errors';
import { SliceHandlers } from '../router/handlers';
import { AssetLists } from './AssetLists';
import { DatasetReader } from './DatasetReader';
import { FeatureViewReader } from './FeatureViewReader';

export type DatasetRouteId =
  | 'listDatasets'
  | 'getDataset'
  | 'listDatasetVersions'
  | 'getDatasetVersion'
  | 'compareDatasetVersions'
  | 'listFeatureViews'
  | 'getFeatureView';

export function datasetHandlers(deps: {
  datasets: DatasetReader;
  views: FeatureViewReader;
  lists: AssetLists;
}): SliceHandlers<DatasetRouteId> {
  const { datasets, views, lists } = deps;
  return {
    listDatasets: ({ query }) => lists.listDatasets(query),
    getDataset: ({ params }) => datasets.detail(params.name),
    listDatasetVersions: ({ params, query }) =>
      datasets.listVersions(params.name, query),
    getDatasetVersion: ({ params }) =>
      datasets.version(params.name, params.version),
    async compareDatasetVersions({ params, query }) {
      const ids = query.versions.split(',');
      if (ids[0] === ids[1]) {
        const message = 'names one version twice';
        throw new FieldsError([{ field: 'query.versions', message }]);
      }
      return await datasets.compare(params.name, ids);
    },
    listFeatureViews: ({ query }) => lists.listFeatureViews(query),
    getFeatureView: ({ params }) => views.detail(params.name),
  };
}
