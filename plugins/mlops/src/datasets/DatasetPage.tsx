import { useHub, useText } from '../hooks';
import { paths } from '../routes';
import { AssetPage } from './AssetPage';
import { DatasetContent } from './DatasetContent';

const REFRESH_MS = 30_000;

export function useDataset(name: string) {
  return useHub(
    (client, signal) => client.getDataset({ name }, { signal }),
    ['dataset', name],
    { refreshMs: REFRESH_MS },
  );
}

/** /ml/datasets/:name: can I trust this data? */
export function DatasetPage() {
  const { t } = useText();
  return (
    <AssetPage
      kind={t('noun.dataset')}
      list={{ title: t('noun.datasets'), href: paths.datasets() }}
      use={useDataset}
      facts={({ source }) => (
        <span className="ml-clip" title={source.uri}>
          {t('data.source')}{' '}
          <b>
            <bdi dir="ltr">{source.uri}</bdi>
          </b>
        </span>
      )}
      way={({ lastVersion }) =>
        lastVersion && {
          title: t('data.lineage'),
          href: paths.lineage(`data:${lastVersion.digest}`),
        }
      }
    >
      {dataset => <DatasetContent dataset={dataset} />}
    </AssetPage>
  );
}
