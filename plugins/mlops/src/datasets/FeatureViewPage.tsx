import { useHub, useText } from '../hooks';
import { paths } from '../routes';
import { AssetPage } from './AssetPage';
import { FeatureViewContent } from './FeatureViewContent';

const REFRESH_MS = 30_000;

export function useFeatureView(name: string) {
  return useHub(
    (client, signal) => client.getFeatureView({ name }, { signal }),
    ['feature-view', name],
    { refreshMs: REFRESH_MS },
  );
}

/** /ml/feature-views/:name: which features exist, and how fresh are they? */
export function FeatureViewPage() {
  const { t } = useText();
  return (
    <AssetPage
      kind={t('noun.featureView')}
      list={{ title: t('noun.featureViews'), href: paths.featureViews() }}
      use={useFeatureView}
      way={({ readFrom }) =>
        readFrom
          ? {
              title: t('view.openVersion'),
              href: paths.version(readFrom.model, readFrom.version),
            }
          : undefined
      }
    >
      {view => <FeatureViewContent view={view} />}
    </AssetPage>
  );
}
