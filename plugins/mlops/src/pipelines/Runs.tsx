import { WorkState, workStateSchema } from '@mlops-portal/plugin-mlops-common';
import {
  Card,
  DataTable,
  EmptyState,
  LoadState,
  RESETS_PAGE,
  Segmented,
  usePaged,
} from '../components';
import { useQueryState, useText } from '../hooks';
import { useRunColumns } from './RunsTable';

const FILTERS: WorkState[] = ['running', 'succeeded', 'failed'];

/** Runs of one pipeline, newest first, by state. */
export function Runs(props: { pipeline: string }) {
  const { t, stateWord } = useText();
  const columns = useRunColumns();
  const [wanted, setWanted] = useQueryState('state', 'all', RESETS_PAGE);
  const parsed = workStateSchema.safeParse(wanted);
  const state = parsed.success ? parsed.data : undefined;
  const { hub, paging } = usePaged(
    (client, page, signal) =>
      client.listRuns({ name: props.pipeline, ...page, state }, { signal }),
    ['runs', props.pipeline, state],
    { refreshMs: 5000 },
  );
  return (
    <Card
      title={t('runs.title')}
      acts={
        <Segmented
          label={t('runs.byState')}
          value={state ?? 'all'}
          onChange={setWanted}
          options={[
            { id: 'all', title: t('runs.all') },
            ...FILTERS.map(id => ({ id, title: stateWord(id) })),
          ]}
        />
      }
      flush
    >
      <LoadState of={hub} what={t('runs.title')} rows={6}>
        {({ items }) => (
          <DataTable
            label={t('runs.title')}
            columns={columns}
            rows={items}
            rowKey={run => run.id}
            paging={paging}
            empty={
              state ? (
                <EmptyState title={t('runs.emptyState')} />
              ) : (
                <EmptyState title={t('runs.emptyTitle')}>
                  {t('runs.emptyText')}
                </EmptyState>
              )
            }
          />
        )}
      </LoadState>
    </Card>
  );
}
