import { useParams } from 'react-router-dom';
import { ButtonLink } from '@backstage/ui';
import { FeatureViewDetail } from '@mlops-portal/plugin-mlops-common';
import { LoadState, Page, State } from '../components';
import { useHub, useText } from '../hooks';
import { paths } from '../routes';
import { entityPath } from './entityPath';
import { FeatureViewContent } from './FeatureViewContent';
import { Owner, useFreshnessText } from './parts';

const REFRESH_MS = 30_000;

export function useFeatureView(name: string) {
  return useHub(
    (client, signal) => client.getFeatureView({ name }, { signal }),
    ['feature-view', name],
    { refreshMs: REFRESH_MS },
  );
}

/** /ml/feature-views/:name: which features exist, and how fresh are they? */
export function FeatureViewPage() {
  const { name = '' } = useParams();
  const { t } = useText();
  const hub = useFeatureView(name);
  const view = hub.value;
  return (
    <Page
      title={name}
      crumbs={[{ title: t('noun.featureViews'), href: paths.featureViews() }]}
      state={view && <State state={view.freshness.state} pill />}
      meta={view && <Meta view={view} />}
      acts={view && <Acts view={view} />}
    >
      <LoadState of={hub} what={`${t('noun.featureView')} ${name}`} rows={8}>
        {value => <FeatureViewContent view={value} />}
      </LoadState>
    </Page>
  );
}

function Meta(props: { view: FeatureViewDetail }) {
  const { t } = useText();
  const { view } = props;
  const freshness = useFreshnessText(view.freshness);
  return (
    <>
      <span>{freshness}</span>
      <span>
        {t('data.owner')}{' '}
        <b>
          <Owner owner={view.owner} />
        </b>
      </span>
    </>
  );
}

function Acts(props: { view: FeatureViewDetail }) {
  const { t } = useText();
  const { entityRef, readFrom } = props.view;
  return (
    <>
      {readFrom && (
        <ButtonLink
          size="small"
          variant="secondary"
          href={paths.version(readFrom.model, readFrom.version)}
        >
          {t('view.openVersion')}
        </ButtonLink>
      )}
      {entityRef && (
        <ButtonLink
          size="small"
          variant="secondary"
          href={entityPath(entityRef)}
        >
          {t('data.openEntity')}
        </ButtonLink>
      )}
    </>
  );
}
