import { ButtonLink } from '@backstage/ui';
import { VersionDetail } from '@mlops-portal/plugin-mlops-common';
import { useText } from '../hooks';
import { paths } from '../routes';
import { servedAt } from './versionActs';

/** Leads to the endpoint in which a version answers; nothing where it answers in none. */
export function EndpointLink(props: { version: VersionDetail }) {
  const { t } = useText();
  const served = servedAt(props.version);
  if (!served) return null;
  return (
    <ButtonLink
      href={paths.endpoint(served.endpoint)}
      size="small"
      variant="secondary"
    >
      {t('version.openEndpoint')}
    </ButtonLink>
  );
}
