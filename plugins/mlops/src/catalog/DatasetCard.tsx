import { useEntity } from '@backstage/plugin-catalog-react';
import { LoadState, TabBody } from '../components';
import { useText } from '../hooks';
import { DatasetContent } from '../datasets/DatasetContent';
import { useDataset } from '../datasets/DatasetPage';

/** Can I trust this data? The same as on its own page. */
export function DatasetCard() {
  const { entity } = useEntity();
  const { t } = useText();
  const { name } = entity.metadata;
  const hub = useDataset(name);
  return (
    <TabBody>
      <LoadState of={hub} what={`${t('noun.dataset')} ${name}`} rows={6}>
        {dataset => <DatasetContent dataset={dataset} />}
      </LoadState>
    </TabBody>
  );
}
