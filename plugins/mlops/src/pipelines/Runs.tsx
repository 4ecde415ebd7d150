import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { Button } from '@backstage/ui';
import {
  Run,
  WorkState,
  workStateSchema,
} from '@mlops-portal/plugin-mlops-common';
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
import { paths } from '../routes';
import { MOST_RUNS } from './compare/compared';
import { useRunColumns } from './RunsTable';

const FILTERS: WorkState[] = ['running', 'succeeded', 'failed'];

/** Runs of one pipeline, newest first, by state; two or more that are ticked can be compared. */
export function Runs(props: { pipeline: string }) {
  const { t, stateWord } = useText();
  const columns = useRunColumns();
  const [wanted, setWanted] = useQueryState('state', 'all', RESETS_PAGE);
  const { chosen, choose, compare } = useChosen(props.pipeline);
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
        <>
          {compare}
          <Segmented
            label={t('runs.byState')}
            value={state ?? 'all'}
            onChange={setWanted}
            options={[
              { id: 'all', title: t('runs.all') },
              ...FILTERS.map(id => ({ id, title: stateWord(id) })),
            ]}
          />
        </>
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
            selection={{
              mode: 'multiple',
              behavior: 'toggle',
              selected: new Set(chosen.keys()),
              onSelectionChange: keys =>
                choose(keys === 'all' ? 'all' : new Set(keys), items),
            }}
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

/** Runs that are ticked, also those on other pages of the list, and the button that compares them from the oldest on. */
function useChosen(pipeline: string) {
  const { t } = useText();
  const navigate = useNavigate();
  const [chosen, setChosen] = useState<ReadonlyMap<string, number>>(new Map());
  const choose = (keys: 'all' | ReadonlySet<unknown>, shown: Run[]) => {
    const next = new Map(chosen);
    for (const { id, number } of shown) {
      if (keys === 'all' || keys.has(id)) next.set(id, number);
      else next.delete(id);
    }
    setChosen(next);
  };
  const runs = [...chosen].sort(([, a], [, b]) => a - b);
  const ready = runs.length >= 2 && runs.length <= MOST_RUNS;
  const compare = (
    <>
      {!ready && <span className="ml-s12 ml-3">{t('compareRuns.hint')}</span>}
      <Button
        size="small"
        variant="secondary"
        isDisabled={!ready}
        onPress={() =>
          navigate(
            paths.compareRuns(
              pipeline,
              runs.map(([id]) => id),
            ),
          )
        }
      >
        {ready
          ? t('compareRuns.chosen', {
              runs: runs.map(([, number]) => `#${number}`).join(', '),
            })
          : t('compareRuns.compare')}
      </Button>
    </>
  );
  return { chosen, choose, compare };
}
