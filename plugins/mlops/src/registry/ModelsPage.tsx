import { Link } from 'react-router-dom';
import { Model, Version } from '@mlops-portal/plugin-mlops-common';
import { Age, EmptyState, IndexColumn, IndexPage, State } from '../components';
import { useFormat, useText } from '../hooks';
import { NewProblem } from '../problems/ProblemsPage';
import { paths } from '../routes';

/** /ml/models: which models do we have, and which version is where? */
export function ModelsPage() {
  const { t } = useText();
  return (
    <IndexPage
      title={t('models.title')}
      name="models"
      columns={useModelColumns()}
      rowKey={m => m.name}
      filters={[{ name: 'q', label: t('common.name'), kind: 'text' }]}
      load={(client, { filters, ...page }, signal) =>
        client.listModels({ ...page, q: filters.q }, { signal })
      }
      refreshMs={15_000}
      empty={
        <EmptyState title={t('models.emptyTitle')} action={<NewProblem />}>
          {t('models.emptyText')}
        </EmptyState>
      }
    />
  );
}

function useModelColumns(): IndexColumn<Model>[] {
  const { t, taskName } = useText();
  const format = useFormat();
  return [
    {
      id: 'model',
      title: t('models.model'),
      csv: m => m.name,
      cell: m => (
        <Link to={paths.model(m.name)} style={{ fontWeight: 500 }}>
          <bdi dir="ltr">{m.name}</bdi>
        </Link>
      ),
    },
    {
      id: 'task',
      title: t('models.task'),
      csv: m => m.task,
      cell: m => taskName(m.task),
    },
    {
      id: 'champion',
      title: t('models.champion'),
      csv: m => m.champion?.version,
      cell: m => <VersionCell version={m.champion} />,
    },
    {
      id: 'challenger',
      title: t('models.challenger'),
      csv: m => m.challenger?.version,
      cell: m => <VersionCell version={m.challenger} />,
    },
    {
      id: 'latest',
      title: t('models.latest'),
      csv: m => m.latest?.version,
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
      csv: m => m.versions,
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
