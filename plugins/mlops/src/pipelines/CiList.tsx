import { useState } from 'react';
import { Button } from '@backstage/ui';
import { CiPipelineView } from '@mlops-portal/plugin-mlops-common';
import {
  Age,
  Card,
  DataColumn,
  DataTable,
  EmptyState,
  LoadState,
  State,
} from '../components';
import { useFormat, useHub, useText } from '../hooks';
import { secondsOf } from './duration';
import { LogView } from './LogView';

interface OpenLog {
  ci: string;
  job: string;
  name: string;
}

/** CI of the repository, newest first; the log of a job opens below. */
export function CiList(props: { repository: string }) {
  const { t } = useText();
  const { repository } = props;
  const [open, setOpen] = useState<OpenLog>();
  const columns = useCiColumns(setOpen);
  const hub = useHub(
    (client, signal) =>
      client.listCiPipelines({ name: repository, limit: 10 }, { signal }),
    ['ci', repository],
    { refreshMs: 5000 },
  );
  return (
    <Card title={t('ci.title')} sub={t('ci.sub')} flush>
      <LoadState of={hub} what={t('ci.title')}>
        {({ items }) => (
          <DataTable
            label={t('ci.title')}
            columns={columns}
            rows={items}
            rowKey={ci => ci.id}
            empty={
              <EmptyState title={t('ci.emptyTitle')}>
                {t('ci.emptyText')}
              </EmptyState>
            }
          />
        )}
      </LoadState>
      {open && (
        <div className="ml-card-body" style={{ paddingBlockStart: 12 }}>
          <LogView
            name={`${repository}-${open.ci}-${open.name}`}
            title={t('ci.log', { job: open.name })}
            load={(client, offset, signal) =>
              client.getCiLog(
                { name: repository, ci: open.ci, job: open.job, offset },
                { signal },
              )
            }
          />
          <Button
            size="small"
            variant="tertiary"
            onPress={() => setOpen(undefined)}
          >
            {t('ci.closeLog')}
          </Button>
        </div>
      )}
    </Card>
  );
}

function useCiColumns(
  onOpen: (log: OpenLog) => void,
): DataColumn<CiPipelineView>[] {
  const { t } = useText();
  const format = useFormat();
  return [
    {
      id: 'commit',
      title: t('ci.commit'),
      wrap: true,
      cell: ci => (
        <>
          <code>{ci.commit.slice(0, 7)}</code> {ci.message}
          <div className="ml-s11 ml-3">
            {ci.author}, {ci.branch}
          </div>
        </>
      ),
    },
    {
      id: 'state',
      title: t('pipelines.state'),
      wrap: true,
      cell: ci => (
        <>
          <State state={ci.state} />
          {ci.reason && <div className="ml-s11 ml-2">{ci.reason}</div>}
        </>
      ),
    },
    {
      id: 'jobs',
      title: t('ci.jobs'),
      cell: ci => (
        <span className="ml-row wrap">
          {ci.jobs.map(job => (
            <span key={job.id} className="ml-row" style={{ gap: 4 }}>
              <State state={job.state}>{job.name}</State>
              <Button
                size="small"
                variant="tertiary"
                aria-label={t('ci.log', { job: job.name })}
                onPress={() =>
                  onOpen({ ci: ci.id, job: job.id, name: job.name })
                }
              >
                {t('ci.openLog')}
              </Button>
            </span>
          ))}
        </span>
      ),
    },
    {
      id: 'duration',
      title: t('pipelines.duration'),
      end: true,
      cell: ci => {
        const seconds = secondsOf({
          startedAt: ci.createdAt,
          finishedAt: ci.finishedAt,
        });
        return seconds === undefined ? t('common.none') : format.span(seconds);
      },
    },
    {
      id: 'started',
      title: t('pipelines.started'),
      end: true,
      cell: ci => <Age at={ci.createdAt} />,
    },
  ];
}
