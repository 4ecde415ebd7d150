import { useEntity } from '@backstage/plugin-catalog-react';
import { ButtonLink } from '@backstage/ui';
import { Card, DataTable, EmptyState, LoadState, TabBody } from '../components';
import { useHub, useText } from '../hooks';
import { useRunColumns } from '../pipelines/RunsTable';
import { paths } from '../routes';
import { loopNameOf } from './names';
import { NotYet } from './NotYet';

const LAST = 5;

/** What ran last, and did it succeed? */
export function PipelineCard() {
  const { entity } = useEntity();
  const { t } = useText();
  const name = loopNameOf(entity);
  const columns = useRunColumns();
  const hub = useHub(
    (client, signal) => client.listRuns({ name, limit: LAST }, { signal }),
    ['last-runs', name],
    { refreshMs: 10_000 },
  );
  return (
    <TabBody>
      <NotYet
        of={hub}
        title={t('catalog.lastRuns')}
        text={t('runs.emptyTitle')}
      >
        <LoadState of={hub} what={t('catalog.lastRuns')} rows={5}>
          {({ items }) => (
            <Card
              title={t('catalog.lastRuns')}
              acts={
                <ButtonLink
                  href={paths.pipeline(name)}
                  size="small"
                  variant="secondary"
                >
                  {t('catalog.allRuns')}
                </ButtonLink>
              }
              flush
            >
              <DataTable
                label={t('catalog.lastRuns')}
                columns={columns}
                rows={items}
                rowKey={run => run.id}
                empty={
                  <EmptyState title={t('runs.emptyTitle')}>
                    {t('runs.emptyText')}
                  </EmptyState>
                }
              />
            </Card>
          )}
        </LoadState>
      </NotYet>
    </TabBody>
  );
}
