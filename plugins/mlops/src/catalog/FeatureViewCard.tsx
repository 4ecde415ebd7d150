import { useEntity } from '@backstage/plugin-catalog-react';
import { LoadState, TabBody } from '../components';
import { useText } from '../hooks';
import { FeatureViewContent } from '../datasets/FeatureViewContent';
import { useFeatureView } from '../datasets/FeatureViewPage';

/** Which features are these, and how fresh? The same as on their own page. */
export function FeatureViewCard() {
  const { entity } = useEntity();
  const { t } = useText();
  const { name } = entity.metadata;
  const hub = useFeatureView(name);
  return (
    <TabBody>
      <LoadState of={hub} what={`${t('noun.featureView')} ${name}`} rows={6}>
        {view => <FeatureViewContent view={view} />}
      </LoadState>
    </TabBody>
  );
}
