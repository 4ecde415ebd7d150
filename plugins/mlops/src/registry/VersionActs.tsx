import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { Button, ButtonLink } from '@backstage/ui';
import { VersionDetail } from '@mlops-portal/plugin-mlops-common';
import { ReasonDialog } from '../components';
import { useAct, useText } from '../hooks';
import { paths } from '../routes';

type Act = 'deploy' | 'request' | 'archive';

/** Deploy a version, ask for its approval, archive it; each says what it changes and needs a reason. */
export function VersionActs(props: {
  version: VersionDetail;
  onChanged: () => void;
}) {
  const { t } = useText();
  const { version: v } = props;
  const [open, setOpen] = useState<Act>();
  const { act, busy, error, clear } = useAct();
  const navigate = useNavigate();
  // Problem, pipeline, model and endpoint carry one name.
  const names = {
    model: v.model,
    version: String(v.version),
    endpoint: v.model,
  };
  const close = () => {
    clear();
    setOpen(undefined);
  };
  const deploy = async (reason: string) => {
    const endpoint = await act((hub, signal) =>
      hub.deploy(
        {
          name: v.model,
          body: {
            version: v.version,
            reason,
            idempotencyKey: crypto.randomUUID(),
          },
        },
        { signal },
      ),
    );
    if (endpoint) navigate(paths.endpoint(endpoint.name));
  };
  const request = async (reason: string) => {
    const approval = await act((hub, signal) =>
      hub.requestApproval(
        { body: { model: v.model, version: v.version, reason } },
        { signal },
      ),
    );
    if (approval) navigate(paths.approval(approval.id));
  };
  const archive = async (reason: string) => {
    const done = await act((hub, signal) =>
      hub.setStage(
        {
          name: v.model,
          version: v.version,
          body: { stage: 'archived', reason },
        },
        { signal },
      ),
    );
    if (!done) return;
    close();
    props.onChanged();
  };
  const serving = v.traffic.some(x => x.percent > 0);
  const usable = v.state === 'ready';
  const common = { busy, error, onClose: close };
  return (
    <>
      {v.championVersion !== undefined && v.championVersion !== v.version && (
        <ButtonLink
          href={paths.compare(v.model, [v.championVersion, v.version])}
          size="small"
          variant="secondary"
        >
          {t('version.compare', { version: String(v.championVersion) })}
        </ButtonLink>
      )}
      {!serving && v.stage !== 'archived' && (
        <Button
          size="small"
          variant="secondary"
          onPress={() => setOpen('archive')}
        >
          {t('version.archive')}
        </Button>
      )}
      {usable && v.approval !== 'approved' && (
        <Button
          size="small"
          variant="secondary"
          onPress={() => setOpen('request')}
        >
          {t('version.request')}
        </Button>
      )}
      {usable && !serving && (
        <Button
          size="small"
          variant="primary"
          onPress={() => setOpen('deploy')}
        >
          {t('version.deploy')}
        </Button>
      )}
      <ReasonDialog
        {...common}
        isOpen={open === 'deploy'}
        title={t('version.deployTitle', names)}
        changes={[
          t('version.deployChange', names),
          t('version.deployApproval'),
        ]}
        confirm={t('version.deploy').replace('…', '')}
        onConfirm={deploy}
      />
      <ReasonDialog
        {...common}
        isOpen={open === 'request'}
        title={t('version.requestTitle', names)}
        changes={[t('version.requestChange', names)]}
        confirm={t('version.request').replace('…', '')}
        onConfirm={request}
      />
      <ReasonDialog
        {...common}
        isOpen={open === 'archive'}
        title={t('version.archiveTitle', names)}
        changes={[t('version.archiveChange')]}
        confirm={t('version.archive').replace('…', '')}
        destructive
        onConfirm={archive}
      />
    </>
  );
}
