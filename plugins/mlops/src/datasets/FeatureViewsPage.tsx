import { Link } from 'react-router-dom';
import { FeatureView } from '@mlops-portal/plugin-mlops-common';
import { Age, EmptyState, IndexColumn, IndexPage } from '../components';
import { useFormat, useText } from '../hooks';
import { NewProblem } from '../problems/ProblemsPage';
import { paths } from '../routes';
import './datasets.css';
import { useAssetColumns } from './AssetPage';
import { assetQuery, useAssetFilters } from './parts';

/** /ml/feature-views: which features exist, how fresh is what they are computed from, and who takes them? */
export function FeatureViewsPage() {
  const { t } = useText();
  return (
    <IndexPage
      title={t('noun.featureViews')}
      name="feature-views"
      columns={useColumns()}
      rowKey={v => v.name}
      filters={useAssetFilters()}
      load={(client, { filters, ...page }, signal) =>
        client.listFeatureViews({ ...page, ...assetQuery(filters) }, { signal })
      }
      refreshMs={15_000}
      empty={
        <EmptyState title={t('view.emptyTitle')} action={<NewProblem />}>
          {t('view.emptyText')}
        </EmptyState>
      }
    />
  );
}

function useColumns(): IndexColumn<FeatureView>[] {
  const { t } = useText();
  const format = useFormat();
  const shared = useAssetColumns<FeatureView>();
  const none = <span className="ml-3">{t('common.none')}</span>;
  return [
    {
      id: 'view',
      title: t('noun.featureView'),
      csv: v => v.name,
      cell: v => (
        <div>
          <Link to={paths.featureView(v.name)} style={{ fontWeight: 500 }}>
            <bdi dir="ltr">{v.name}</bdi>
          </Link>
          {v.title !== v.name && <div className="ml-s11 ml-3">{v.title}</div>}
        </div>
      ),
    },
    shared.freshness,
    shared.owner,
    {
      id: 'features',
      title: t('view.features'),
      end: true,
      csv: v => v.features,
      cell: v => (v.features === null ? none : format.count(v.features)),
    },
    {
      id: 'derivedFrom',
      title: t('view.derivedFrom'),
      csv: v => v.derivedFrom.join(' '),
      cell: v => (v.derivedFrom.length ? <Sources of={v} /> : none),
    },
    {
      id: 'readFrom',
      title: t('view.readFrom'),
      csv: v => v.readFrom && `${v.readFrom.model} v${v.readFrom.version}`,
      cell: v =>
        v.readFrom ? (
          <div>
            <Link
              className="ml-link"
              to={paths.version(v.readFrom.model, v.readFrom.version)}
            >
              v{v.readFrom.version}
            </Link>{' '}
            {t(v.readFrom.champion ? 'view.champion' : 'view.newest')}
            <div className="ml-s11 ml-3">
              <Age at={v.readFrom.madeAt} />
            </div>
          </div>
        ) : (
          none
        ),
    },
    shared.usedBy,
  ];
}

/** Links to the datasets that a view is computed from. */
export function Sources(props: { of: Pick<FeatureView, 'derivedFrom'> }) {
  return (
    <ul className="ml-users">
      {props.of.derivedFrom.map(name => (
        <li key={name}>
          <Link className="ml-link" to={paths.dataset(name)}>
            <bdi dir="ltr">{name}</bdi>
          </Link>
        </li>
      ))}
    </ul>
  );
}
