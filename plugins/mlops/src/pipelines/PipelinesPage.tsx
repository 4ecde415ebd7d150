import { Link } from 'react-router-dom';
import { Pipeline } from '@mlops-portal/plugin-mlops-common';
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
import { secondsOf } from './duration';

/** /ml/pipelines: what runs, and how did it go last? */
export function PipelinesPage() {
  const { t } = useText();
  const columns = usePipelineColumns();
  const { hub, paging } = usePaged(
    (client, page, signal) => client.listPipelines(page, { signal }),
    ['pipelines'],
    { refreshMs: 10_000 },
  );
  return (
    <Page title={t('pipelines.title')}>
      <LoadState of={hub} what={t('pipelines.title')} rows={6}>
        {({ items }) => (
          <div className="ml-card">
            <DataTable
              label={t('pipelines.title')}
              columns={columns}
              rows={items}
              rowKey={p => p.name}
              paging={paging}
              empty={
                <EmptyState
                  title={t('pipelines.emptyTitle')}
                  action={<NewProblem />}
                >
                  {t('pipelines.emptyText')}
                </EmptyState>
              }
            />
          </div>
        )}
      </LoadState>
    </Page>
  );
}

function usePipelineColumns(): DataColumn<Pipeline>[] {
  const { t } = useText();
  const format = useFormat();
  const none = <span className="ml-3">{t('common.none')}</span>;
  return [
    {
      id: 'name',
      title: t('pipelines.pipeline'),
      cell: p => (
        <Link to={paths.pipeline(p.name)} style={{ fontWeight: 500 }}>
          <bdi dir="ltr">{p.name}</bdi>
        </Link>
      ),
    },
    {
      id: 'state',
      title: t('pipelines.state'),
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
      end: true,
      cell: p => {
        const seconds = p.lastRun && secondsOf(p.lastRun);
        return seconds === undefined ? none : format.span(seconds);
      },
    },
    {
      id: 'runs',
      title: t('pipelines.runs'),
      end: true,
      cell: p => format.count(p.runs),
    },
    { id: 'engine', title: t('pipelines.engine'), cell: p => p.engine },
  ];
}
