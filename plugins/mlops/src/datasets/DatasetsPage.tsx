import { Link } from 'react-router-dom';
import { Dataset } from '@mlops-portal/plugin-mlops-common';
import { Age, EmptyState, IndexColumn, IndexPage } from '../components';
import { useFormat, useText } from '../hooks';
import { NewProblem } from '../problems/ProblemsPage';
import { paths } from '../routes';
import './datasets.css';
import { useAssetColumns } from './AssetPage';
import { assetQuery, useAssetFilters } from './parts';

/** /ml/datasets: which data do we have, how fresh is it, and who depends on it? */
export function DatasetsPage() {
  const { t } = useText();
  return (
    <IndexPage
      title={t('noun.datasets')}
      name="datasets"
      columns={useColumns()}
      rowKey={d => d.name}
      filters={useAssetFilters()}
      load={(client, { filters, ...page }, signal) =>
        client.listDatasets({ ...page, ...assetQuery(filters) }, { signal })
      }
      refreshMs={15_000}
      empty={
        <EmptyState title={t('data.emptyTitle')} action={<NewProblem />}>
          {t('data.emptyText')}
        </EmptyState>
      }
    />
  );
}

function useColumns(): IndexColumn<Dataset>[] {
  const { t } = useText();
  const format = useFormat();
  const shared = useAssetColumns<Dataset>();
  const none = <span className="ml-3">{t('common.none')}</span>;
  return [
    {
      id: 'dataset',
      title: t('noun.dataset'),
      csv: d => d.name,
      cell: d => (
        <div>
          <Link to={paths.dataset(d.name)} style={{ fontWeight: 500 }}>
            <bdi dir="ltr">{d.name}</bdi>
          </Link>
          <div className="ml-s11 ml-3 ml-clip" title={d.source.uri}>
            <bdi dir="ltr">{d.title === d.name ? d.source.uri : d.title}</bdi>
          </div>
        </div>
      ),
    },
    shared.freshness,
    shared.owner,
    {
      id: 'rows',
      title: t('data.rows'),
      end: true,
      csv: d => d.lastVersion?.window.rows,
      cell: d => {
        const rows = d.lastVersion?.window.rows;
        return typeof rows === 'number' ? format.count(rows) : none;
      },
    },
    {
      id: 'last',
      title: t('data.last'),
      csv: d => d.lastVersion?.digest,
      cell: d =>
        d.lastVersion ? (
          <div>
            {format.window(
              d.lastVersion.window.from,
              d.lastVersion.window.to,
            ) || t('data.noWindow')}
            <div className="ml-s11 ml-3">
              <Age at={d.lastVersion.lastSeen} />
            </div>
          </div>
        ) : (
          none
        ),
    },
    {
      id: 'versions',
      title: t('data.versions'),
      end: true,
      csv: d => d.versions,
      cell: d => format.count(d.versions),
    },
    shared.usedBy,
  ];
}
