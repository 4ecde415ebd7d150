import { Link } from 'react-router-dom';
import { Pipeline } from '@mlops-portal/plugin-mlops-common';
import { Age, EmptyState, IndexColumn, IndexPage, State } from '../components';
import { useFormat, useText } from '../hooks';
import { NewProblem } from '../problems/ProblemsPage';
import { paths } from '../routes';
import { secondsOf } from './duration';

/** /ml/pipelines: what runs, and how did it go last? */
export function PipelinesPage() {
  const { t } = useText();
  return (
    <IndexPage
      title={t('pipelines.title')}
      name="pipelines"
      columns={usePipelineColumns()}
      rowKey={p => p.name}
      filters={[{ name: 'q', label: t('common.name'), kind: 'text' }]}
      load={(client, { filters, ...page }, signal) =>
        client.listPipelines({ ...page, q: filters.q }, { signal })
      }
      refreshMs={10_000}
      empty={
        <EmptyState title={t('pipelines.emptyTitle')} action={<NewProblem />}>
          {t('pipelines.emptyText')}
        </EmptyState>
      }
    />
  );
}

function usePipelineColumns(): IndexColumn<Pipeline>[] {
  const { t } = useText();
  const format = useFormat();
  const none = <span className="ml-3">{t('common.none')}</span>;
  return [
    {
      id: 'name',
      title: t('pipelines.pipeline'),
      csv: p => p.name,
      cell: p => (
        <Link to={paths.pipeline(p.name)} style={{ fontWeight: 500 }}>
          <bdi dir="ltr">{p.name}</bdi>
        </Link>
      ),
    },
    {
      id: 'state',
      title: t('pipelines.state'),
      csv: p => p.lastRun?.state,
      wrap: true,
      cell: p => (
        <>
          {p.lastRun ? <State state={p.lastRun.state} /> : none}
          {p.lastRun?.reason && (
            <div className="ml-s11 ml-2">{p.lastRun.reason}</div>
          )}
          {p.paused && (
            <div>
              <State state="paused">{t('pipelines.paused')}</State>
            </div>
          )}
        </>
      ),
    },
    {
      id: 'last',
      title: t('pipelines.lastRun'),
      csv: p => p.lastRun?.createdAt,
      cell: p =>
        p.lastRun ? (
          <>
            <Link className="ml-link" to={paths.run(p.lastRun.id)}>
              #{p.lastRun.number}
            </Link>{' '}
            <Age at={p.lastRun.startedAt ?? p.lastRun.createdAt} />
          </>
        ) : (
          none
        ),
    },
    {
      id: 'duration',
      title: t('pipelines.duration'),
      csv: p => p.lastRun && secondsOf(p.lastRun),
      end: true,
      cell: p => {
        const seconds = p.lastRun && secondsOf(p.lastRun);
        return seconds === undefined ? none : format.span(seconds);
      },
    },
    {
      id: 'runs',
      title: t('pipelines.runs'),
      csv: p => p.runs,
      end: true,
      cell: p => format.count(p.runs),
    },
    {
      id: 'engine',
      title: t('pipelines.engine'),
      csv: p => p.engine,
      cell: p => p.engine,
    },
  ];
}
