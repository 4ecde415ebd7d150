import { useEntity } from '@backstage/plugin-catalog-react';
import { MLFeatureViewEntity } from '@mlops-portal/plugin-mlops-common';
import { Card, Facts, TabBody } from '../components';
import { useText } from '../hooks';

/** Where these features are, and by which keys they are found. */
export function FeatureViewCard() {
  const { entity } = useEntity();
  const { t } = useText();
  const { spec } = entity as MLFeatureViewEntity;
  const yesNo = (value?: boolean) => t(value ? 'catalog.yes' : 'catalog.no');
  return (
    <TabBody>
      <Card title={t('catalog.store')}>
        <Facts
          items={[
            [
              t('catalog.view'),
              <>
                <code>{`${spec.store.project}/${spec.store.name}`}</code>{' '}
                <span className="ml-3">{spec.store.platform}</span>
              </>,
            ],
            [t('catalog.joinKeys'), <code>{spec.joinKeys.join(', ')}</code>],
            [t('catalog.online'), yesNo(spec.online)],
            [t('catalog.offline'), yesNo(spec.offline)],
          ]}
        />
      </Card>
    </TabBody>
  );
}
