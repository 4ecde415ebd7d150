import { useParams } from 'react-router-dom';
import { ButtonLink } from '@backstage/ui';
import { DatasetDetail } from '@mlops-portal/plugin-mlops-common';
import { LoadState, Page, State } from '../components';
import { useHub, useText } from '../hooks';
import { paths } from '../routes';
import { DatasetContent } from './DatasetContent';
import { Owner, useFreshnessText } from './parts';
import { entityPath } from './entityPath';

const REFRESH_MS = 30_000;

export function useDataset(name: string) {
  return useHub(
    (client, signal) => client.getDataset({ name }, { signal }),
    ['dataset', name],
    { refreshMs: REFRESH_MS },
  );
}

/** /ml/datasets/:name: can I trust this data? */
export function DatasetPage() {
  const { name = '' } = useParams();
  const { t } = useText();
  const hub = useDataset(name);
  const dataset = hub.value;
  return (
    <Page
      title={name}
      crumbs={[{ title: t('noun.datasets'), href: paths.datasets() }]}
      state={dataset && <State state={dataset.freshness.state} pill />}
      meta={dataset && <Meta dataset={dataset} />}
      acts={dataset && <Acts dataset={dataset} />}
    >
      <LoadState of={hub} what={`${t('noun.dataset')} ${name}`} rows={8}>
        {value => <DatasetContent dataset={value} />}
      </LoadState>
    </Page>
  );
}

function Meta(props: { dataset: DatasetDetail }) {
  const { t } = useText();
  const { dataset } = props;
  const freshness = useFreshnessText(dataset.freshness);
  return (
    <>
      <span>{freshness}</span>
      <span>
        {t('data.owner')}{' '}
        <b>
          <Owner owner={dataset.owner} />
        </b>
      </span>
      <span className="ml-clip" title={dataset.source.uri}>
        {t('data.source')}{' '}
        <b>
          <bdi dir="ltr">{dataset.source.uri}</bdi>
        </b>
      </span>
    </>
  );
}

function Acts(props: { dataset: DatasetDetail }) {
  const { t } = useText();
  const { entityRef, lastVersion } = props.dataset;
  return (
    <>
      {lastVersion && (
        <ButtonLink
          size="small"
          variant="secondary"
          href={paths.lineage(`data:${lastVersion.digest}`)}
        >
          {t('data.lineage')}
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
