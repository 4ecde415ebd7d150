import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { ButtonLink } from '@backstage/ui';
import { VersionDetail } from '@mlops-portal/plugin-mlops-common';
import { ActButton, ReasonDialog } from '../components';
import { useAct, useHub, useText } from '../hooks';
import { paths } from '../routes';
import { EndpointLink } from './EndpointLink';
import { useDeploy } from './useDeploy';
import { opponentOf, Permissions, whyNot, Why } from './versionActs';

type Act = 'deploy' | 'request' | 'archive';

/** Compare, archive, request approval, deploy: each says what it changes and needs a reason, or why it is not possible now. */
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
  const deploy = useDeploy(v);
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
  const me = useHub((hub, signal) => hub.whoAmI({ signal }), ['whoami']);
  const common = { busy, error, onClose: close };
  return (
    <>
      <Buttons
        version={v}
        permissions={me.value?.permissions}
        onAct={which => (which === 'deploy' ? deploy.open() : setOpen(which))}
      />
      <ReasonDialog
        {...deploy.dialog}
        title={t('version.deployTitle', names)}
        changes={[
          t('version.deployChange', names),
          t('version.deployApproval'),
        ]}
        confirm={t('version.deploy').replace('…', '')}
      />
      <ReasonDialog
        {...common}
        isOpen={open === 'request'}
        title={t('version.requestTitle', names)}
        changes={[
          t('version.requestChange', names),
          ...(me.value?.onePerson ? [t('version.requestOnePerson')] : []),
        ]}
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

/** All acts, always in the same place; what leads to another page stands first. */
function Buttons(props: {
  version: VersionDetail;
  permissions: Permissions;
  onAct: (act: Act) => void;
}) {
  const { t } = useText();
  const { version: v, onAct } = props;
  const navigate = useNavigate();
  const why = whyNot(v, props.permissions);
  const say = (reason?: Why) =>
    reason && t(`version.why.${reason.key}`, reason.values);
  const opponent = opponentOf(v);
  const waiting = v.approvals.find(({ state }) => state === 'waiting');
  return (
    <>
      <ActButton
        why={say(why.compare)}
        onPress={() =>
          opponent !== undefined &&
          navigate(paths.compare(v.model, [opponent, v.version]))
        }
      >
        {opponent === undefined
          ? t('model.compare')
          : t('version.compare', { version: String(opponent) })}
      </ActButton>
      <ActButton why={say(why.archive)} onPress={() => onAct('archive')}>
        {t('version.archive')}
      </ActButton>
      {waiting ? (
        <ButtonLink
          href={paths.approval(waiting.id)}
          size="small"
          variant="secondary"
        >
          {t('version.openRequest')}
        </ButtonLink>
      ) : (
        <ActButton why={say(why.request)} onPress={() => onAct('request')}>
          {t('version.request')}
        </ActButton>
      )}
      <EndpointLink version={v} />
      <ActButton
        variant="primary"
        why={say(why.deploy)}
        onPress={() => onAct('deploy')}
      >
        {t('version.deploy')}
      </ActButton>
    </>
  );
}
