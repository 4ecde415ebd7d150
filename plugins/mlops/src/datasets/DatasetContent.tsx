import {
  DatasetDetail,
  DatasetVersion,
} from '@mlops-portal/plugin-mlops-common';
import { Card, EmptyState, LoadState, usePaged } from '../components';
import { useHub, useText } from '../hooks';
import { CompareCard } from './CompareCard';
import './datasets.css';
import { AssetFoot } from './AssetPage';
import { SchemaCard } from './SchemaCard';
import { useSelection } from './useSelection';
import { VersionsCard } from './VersionsCard';

const REFRESH_MS = 30_000;

/** Everything about one dataset, on its own page and on its entity's: versions, then the columns of the one that is chosen. */
export function DatasetContent(props: { dataset: DatasetDetail }) {
  const { t } = useText();
  const { dataset } = props;
  const { version, compare } = useSelection();
  const { hub, paging } = usePaged(
    (client, page, signal) =>
      client.listDatasetVersions({ ...page, name: dataset.name }, { signal }),
    ['dataset-versions', dataset.name],
    { refreshMs: REFRESH_MS, limit: 10 },
  );
  return (
    <>
      {!dataset.entityRef && (
        <div className="ml-notice" role="note">
          {t('data.unregistered')}
        </div>
      )}
      <LoadState of={hub} what={t('data.versions')} rows={5}>
        {({ items }) => {
          const shown = version || items[0]?.id || dataset.lastVersion?.id;
          if (!shown) return <NoVersion />;
          return (
            <>
              <VersionsCard
                dataset={dataset}
                versions={items}
                shown={shown}
                paging={paging}
              />
              {compare && compare !== shown && (
                <CompareCard name={dataset.name} ids={[compare, shown]} />
              )}
              <Version name={dataset.name} id={shown} />
            </>
          );
        }}
      </LoadState>
      <About dataset={dataset} />
    </>
  );
}

function NoVersion() {
  const { t } = useText();
  return (
    <Card title={t('data.versions')} flush>
      <EmptyState title={t('data.noVersionTitle')}>
        {t('data.noVersionText')}
      </EmptyState>
    </Card>
  );
}

function Version(props: { name: string; id: DatasetVersion['id'] }) {
  const { t } = useText();
  const { name, id } = props;
  const hub = useHub(
    (client, signal) =>
      client.getDatasetVersion({ name, version: id }, { signal }),
    ['dataset-version', name, id],
  );
  return (
    <LoadState of={hub} what={`${t('noun.version')} ${id}`} rows={8}>
      {value => <SchemaCard version={value} />}
    </LoadState>
  );
}

function About(props: { dataset: DatasetDetail }) {
  const { t, say } = useText();
  const { dataset } = props;
  const { personalData, classification, live } = dataset;
  const yesNo = (value: boolean) => t(value ? 'common.yes' : 'common.no');
  return (
    <AssetFoot
      asset={dataset}
      uses={t('data.uses')}
      unused={t('data.usesNone')}
      title={t('data.facts')}
      items={[
        [
          t('catalog.uri'),
          <span className="ml-break">
            <code>{dataset.source.uri}</code>{' '}
            <span className="ml-3">{dataset.source.platform}</span>
          </span>,
        ],
        dataset.format ? [t('catalog.format'), dataset.format] : undefined,
        classification
          ? [
              t('catalog.classification'),
              say(`classification.${classification}`, {}, classification),
            ]
          : undefined,
        personalData === undefined
          ? undefined
          : [t('catalog.personalData'), yesNo(personalData)],
        live === undefined ? undefined : [t('data.live'), yesNo(live)],
        dataset.license ? [t('data.license'), dataset.license] : undefined,
        dataset.lifecycle
          ? [t('data.lifecycle'), dataset.lifecycle]
          : undefined,
      ]}
    />
  );
}
