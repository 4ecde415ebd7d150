import { useEntity } from '@backstage/plugin-catalog-react';
import { LoadState, TabBody } from '../components';
import { useText } from '../hooks';
import { useEndpoint } from '../serving/useEndpoint';
import { AnsweringCard } from './AnsweringCard';
import { loopNameOf } from './names';
import { NotYet } from './NotYet';

/** Is it answering, with which version, and where? */
export function EndpointCard() {
  const { entity } = useEntity();
  const { t } = useText();
  const name = loopNameOf(entity);
  const hub = useEndpoint(name);
  return (
    <TabBody>
      <NotYet
        of={hub}
        title={t('catalog.answering')}
        text={t('catalog.noEndpoint')}
      >
        <LoadState of={hub} what={t('endpoint.what', { name })} rows={5}>
          {endpoint => (
            <AnsweringCard title={t('catalog.answering')} endpoint={endpoint} />
          )}
        </LoadState>
      </NotYet>
    </TabBody>
  );
}
