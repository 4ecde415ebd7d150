import { Freshness } from '@mlops-portal/plugin-mlops-common';
import { FieldsError } from '../router/errors';
import { SliceHandlers } from '../router/handlers';
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

/** The parts of an asset that a list is filtered and sorted by. */
interface Listed {
  name: string;
  title: string;
  owner: string;
  source?: { uri: string };
  freshness: Freshness;
}

interface Filter {
  q?: string;
  owner?: string;
  state?: Freshness['state'];
}

const WORST_FIRST: Array<Freshness['state']> = [
  'stale',
  'late',
  'no-data',
  'fresh',
];

export function datasetHandlers(deps: {
  datasets: DatasetReader;
  views: FeatureViewReader;
}): SliceHandlers<DatasetRouteId> {
  const { datasets, views } = deps;
  return {
    async listDatasets({ query }) {
      const found = (await datasets.heads()).filter(({ head }) =>
        fits(head, query),
      );
      found.sort((a, b) => stalestFirst(a.head, b.head));
      const page = found.slice(query.offset, query.offset + query.limit);
      const items = page.map(({ head, asset }) =>
        datasets.summary(head, asset),
      );
      return { items: await Promise.all(items), total: found.length };
    },
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
    async listFeatureViews({ query }) {
      const found = (await views.list()).filter(view => fits(view, query));
      found.sort(stalestFirst);
      return {
        items: found.slice(query.offset, query.offset + query.limit),
        total: found.length,
      };
    },
    getFeatureView: ({ params }) => views.detail(params.name),
  };
}

function fits(asset: Listed, { q, owner, state }: Filter): boolean {
  const words = [asset.name, asset.title, asset.owner, asset.source?.uri ?? ''];
  const wanted = (q ?? '').trim().toLowerCase();
  return (
    (owner === undefined || asset.owner === owner) &&
    (state === undefined || asset.freshness.state === state) &&
    words.some(word => word.toLowerCase().includes(wanted))
  );
}

/** By state, then what turns late first. */
function stalestFirst(a: Listed, b: Listed): number {
  return (
    WORST_FIRST.indexOf(a.freshness.state) -
      WORST_FIRST.indexOf(b.freshness.state) ||
    (a.freshness.due ?? '').localeCompare(b.freshness.due ?? '') ||
    a.name.localeCompare(b.name)
  );
}
