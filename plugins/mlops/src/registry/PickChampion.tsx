import { VersionDetail } from '@mlops-portal/plugin-mlops-common';
import { ActButton, ReasonDialog } from '../components';
import { useHub, useText } from '../hooks';
import { EndpointLink } from './EndpointLink';
import { useDeploy } from './useDeploy';
import { pickWhy } from './versionActs';

/**
 * Makes the last of the compared versions the champion. That alias follows the endpoint and is never set by hand: picking starts the
 * rollout that ends with it. Where the version is on its way already, it leads to the endpoint.
 */
export function PickChampion(props: { versions: VersionDetail[] }) {
  const { t } = useText();
  const version = props.versions.at(-1)!;
  const champion = props.versions.find(v => v.aliases.includes('champion'));
  const { open, dialog } = useDeploy(version);
  const me = useHub((hub, signal) => hub.whoAmI({ signal }), ['whoami']);
  const why = pickWhy(version, me.value?.permissions);
  const names = {
    model: version.model,
    // Problem, model and endpoint carry one name.
    endpoint: version.model,
    version: String(version.version),
  };
  return (
    <>
      <EndpointLink version={version} />
      <ActButton
        variant="primary"
        why={why && t(`version.why.${why.key}`, why.values)}
        onPress={open}
      >
        {t('compare.pick', names)}
      </ActButton>
      <ReasonDialog
        {...dialog}
        title={t('compare.pickTitle', names)}
        changes={[
          t('version.deployChange', names),
          t('version.deployApproval'),
          champion && champion !== version
            ? t('compare.pickBefore', {
                ...names,
                champion: String(champion.version),
              })
            : t('compare.pickFollows', names),
        ]}
        confirm={t('compare.pickDo')}
      />
    </>
  );
}
