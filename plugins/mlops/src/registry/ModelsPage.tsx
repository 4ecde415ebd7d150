import { Link } from 'react-router-dom';
import { Model, Version } from '@mlops-portal/plugin-mlops-common';
import {
  Age,
  DataColumn,
  DataTable,
  EmptyState,
  LoadState,
  Page,
  State,
  usePaged,
} from '../components';
import { useFormat, useText } from '../hooks';
import { NewProblem } from '../problems/ProblemsPage';
import { paths } from '../routes';

/** /ml/models: which models do we have, and which version is where? */
export function ModelsPage() {
  const { t } = useText();
  const columns = useModelColumns();
  const { hub, paging } = usePaged(
    (client, page, signal) => client.listModels(page, { signal }),
    ['models'],
    { refreshMs: 15_000 },
  );
  return (
    <Page title={t('models.title')}>
      <LoadState of={hub} what={t('models.title')} rows={6}>
        {({ items }) => (
          <div className="ml-card">
            <DataTable
              label={t('models.title')}
              columns={columns}
              rows={items}
              rowKey={m => m.name}
              paging={paging}
              empty={
                <EmptyState
                  title={t('models.emptyTitle')}
                  action={<NewProblem />}
                >
                  {t('models.emptyText')}
                </EmptyState>
              }
            />
          </div>
        )}
      </LoadState>
    </Page>
  );
}

function useModelColumns(): DataColumn<Model>[] {
  const { t, taskName } = useText();
  const format = useFormat();
  return [
    {
      id: 'model',
      title: t('models.model'),
      cell: m => (
        <Link to={paths.model(m.name)} style={{ fontWeight: 500 }}>
          <bdi dir="ltr">{m.name}</bdi>
        </Link>
      ),
    },
    { id: 'task', title: t('models.task'), cell: m => taskName(m.task) },
    {
      id: 'champion',
      title: t('models.champion'),
      cell: m => <VersionCell version={m.champion} />,
    },
    {
      id: 'challenger',
      title: t('models.challenger'),
      cell: m => <VersionCell version={m.challenger} />,
    },
    {
      id: 'latest',
      title: t('models.latest'),
      cell: m =>
        m.latest ? (
          <span className="ml-row">
            <Link
              className="ml-link"
              to={paths.version(m.name, m.latest.version)}
            >
              v{m.latest.version}
            </Link>
            <State state={m.latest.state} />
            <span className="ml-3">
              <Age at={m.latest.createdAt} />
            </span>
          </span>
        ) : (
          <span className="ml-3">{t('models.none')}</span>
        ),
    },
    {
      id: 'versions',
      title: t('models.versions'),
      end: true,
      cell: m => format.count(m.versions),
    },
  ];
}

function VersionCell(props: { version?: Version }) {
  const { t, metricName } = useText();
  const format = useFormat();
  const { version: v } = props;
  if (!v) return <span className="ml-3">{t('common.none')}</span>;
  return (
    <>
      <Link className="ml-link" to={paths.version(v.model, v.version)}>
        v{v.version}
      </Link>{' '}
      {v.primary && (
        <span>
          {metricName(v.primary.name)} <b>{format.metric(v.primary.value)}</b>
        </span>
      )}
      {v.test && (
        <span className="ml-s11 ml-3">
          {' '}
          {t('common.n', { n: format.count(v.test.rows) })}
        </span>
      )}
    </>
  );
}
