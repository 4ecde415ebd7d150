import { useState } from 'react';
import { Select } from '@backstage/ui';
import { EndpointDetail, Version } from '@mlops-portal/plugin-mlops-common';
import { ReasonDialog } from '../components';
import { useAct, useFormat, useHub, useText } from '../hooks';
import { partsOf } from './parts';

const MOST_VERSIONS = 50;

/** Chooses a version of the endpoint's model and starts its rollout. */
export function DeployDialog(props: {
  endpoint: EndpointDetail;
  onClose: () => void;
  onDone: () => void;
}) {
  const { t, riskName } = useText();
  const { endpoint } = props;
  const { act, busy, error } = useAct();
  const [chosen, setChosen] = useState<number>();
  const [key] = useState(() => crypto.randomUUID());
  const hub = useHub(
    (client, signal) =>
      client.listVersions(
        { name: endpoint.model, limit: MOST_VERSIONS },
        { signal },
      ),
    ['deployable', endpoint.model],
  );
  const parts = partsOf(endpoint);
  const ready = (hub.value?.items ?? []).filter(
    v => v.state === 'ready' && !parts.some(p => p.version === v.version),
  );
  const version = chosen ?? ready[0]?.version;
  const option = useVersionOption();
  const deploy = async (reason: string) => {
    if (version === undefined) return;
    const done = await act((client, signal) =>
      client.deploy(
        {
          name: endpoint.name,
          body: { version, reason, idempotencyKey: `${key}-${version}` },
        },
        { signal },
      ),
    );
    if (done) props.onDone();
  };
  return (
    <ReasonDialog
      isOpen
      title={t('endpoint.deployTitle', { name: endpoint.name })}
      changes={[
        parts.length
          ? t('endpoint.deployChange', {
              steps: (endpoint.rollout?.steps ?? []).join(', ') || '…',
            })
          : t('endpoint.deployFirst'),
        t('endpoint.deployApproval', { risk: riskName(endpoint.riskClass) }),
      ]}
      confirm={t('endpoint.deployDo')}
      busy={busy}
      error={error ?? hub.error}
      onClose={props.onClose}
      onConfirm={deploy}
    >
      {hub.value && !ready.length ? (
        <p className="ml-2">{t('endpoint.deployNone')}</p>
      ) : (
        <Select
          label={t('endpoint.deployChoose')}
          options={ready.map(v => ({
            id: String(v.version),
            label: option(v),
          }))}
          value={version === undefined ? null : String(version)}
          onChange={id => setChosen(Number(id))}
        />
      )}
    </ReasonDialog>
  );
}

function useVersionOption(): (version: Version) => string {
  const { t, stageName, metricName } = useText();
  const format = useFormat();
  return version =>
    t('endpoint.deployOption', {
      version: version.version,
      stage: stageName(version.stage),
      metric: version.primary
        ? `${metricName(version.primary.name)} ${format.metric(
            version.primary.value,
          )}`
        : t('common.noneWord'),
    });
}
