import { useState } from 'react';
import { RiAddLine } from '@remixicon/react';
import { Button } from '@backstage/ui';
import { EndpointDetail } from '@mlops-portal/plugin-mlops-common';
import { ReasonDialog } from '../components';
import { useReasonedAct, useText } from '../hooks';
import { DeployDialog } from './DeployDialog';

/** Deploy a version, or retire the endpoint. */
export function EndpointActs(props: {
  endpoint: EndpointDetail;
  onChanged: () => void;
}) {
  const { t } = useText();
  const { endpoint } = props;
  const [deploying, setDeploying] = useState(false);
  const retire = useReasonedAct(
    (hub, { reason, signal }) =>
      hub.retire({ name: endpoint.name, body: { reason } }, { signal }),
    props.onChanged,
  );
  return (
    <>
      <Button
        size="small"
        variant="secondary"
        destructive
        isDisabled={endpoint.state === 'retired'}
        onPress={retire.open}
      >
        {t('endpoint.retire')}
      </Button>
      <Button
        size="small"
        variant="secondary"
        iconStart={<RiAddLine size={16} />}
        onPress={() => setDeploying(true)}
      >
        {t('endpoint.deploy')}
      </Button>
      {deploying && (
        <DeployDialog
          endpoint={endpoint}
          onClose={() => setDeploying(false)}
          onDone={() => {
            setDeploying(false);
            props.onChanged();
          }}
        />
      )}
      <ReasonDialog
        {...retire.dialog}
        title={t('endpoint.retireTitle', { name: endpoint.name })}
        changes={[
          t('endpoint.retireChange', { url: endpoint.url }),
          t('endpoint.consumersReached', {
            list: endpoint.consumers.join(', ') || t('endpoint.noConsumers'),
          }),
          t('endpoint.retireStays'),
        ]}
        confirm={t('endpoint.retireDo')}
        destructive
      />
    </>
  );
}
