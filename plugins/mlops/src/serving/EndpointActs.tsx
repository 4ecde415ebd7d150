import { useState } from 'react';
import { RiAddLine } from '@remixicon/react';
import { Button } from '@backstage/ui';
import { EndpointDetail } from '@mlops-portal/plugin-mlops-common';
import { ReasonDialog } from '../components';
import { useAct, useText } from '../hooks';
import { DeployDialog } from './DeployDialog';

/** Deploy a version, or retire the endpoint. */
export function EndpointActs(props: {
  endpoint: EndpointDetail;
  onChanged: () => void;
}) {
  const { t } = useText();
  const { endpoint } = props;
  const [open, setOpen] = useState<'deploy' | 'retire'>();
  const { act, busy, error, clear } = useAct();
  const close = () => {
    setOpen(undefined);
    clear();
  };
  const retire = async (reason: string) => {
    const done = await act((hub, signal) =>
      hub.retire({ name: endpoint.name, body: { reason } }, { signal }),
    );
    if (!done) return;
    close();
    props.onChanged();
  };
  return (
    <>
      <Button
        size="small"
        variant="secondary"
        destructive
        isDisabled={endpoint.state === 'retired'}
        onPress={() => setOpen('retire')}
      >
        {t('endpoint.retire')}
      </Button>
      <Button
        size="small"
        variant="secondary"
        iconStart={<RiAddLine size={16} />}
        onPress={() => setOpen('deploy')}
      >
        {t('endpoint.deploy')}
      </Button>
      {open === 'deploy' && (
        <DeployDialog
          endpoint={endpoint}
          onClose={close}
          onDone={() => {
            close();
            props.onChanged();
          }}
        />
      )}
      <ReasonDialog
        isOpen={open === 'retire'}
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
        busy={busy}
        error={error}
        onClose={close}
        onConfirm={retire}
      />
    </>
  );
}
