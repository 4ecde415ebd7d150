import { Link } from 'react-router-dom';
import { RiDownloadLine } from '@remixicon/react';
import { Button, SearchField } from '@backstage/ui';
import { AuditEntry } from '@mlops-portal/plugin-mlops-common';
import {
  DataColumn,
  DataTable,
  EmptyState,
  LoadState,
  Moment,
  Page,
  RESETS_PAGE,
  State,
  usePaged,
} from '../components';
import { useActor, useQueryState, useText } from '../hooks';
import { pathOfObject } from '../routes';
import { toCsv } from '../components/csv';

/** /ml/audit: who did what, when and why? Filters are in the URL. */
export function AuditPage() {
  const { t } = useText();
  const columns = useAuditColumns();
  const [object, setObject] = useQueryState('object', '', RESETS_PAGE);
  const [actor, setActor] = useQueryState('actor', '', RESETS_PAGE);
  const [action, setAction] = useQueryState('action', '', RESETS_PAGE);
  const filter = {
    object: object || undefined,
    actor: actor || undefined,
    action: action || undefined,
  };
  const { hub, paging } = usePaged(
    (client, page, signal) =>
      client.listAudit({ ...page, ...filter }, { signal }),
    ['audit', object, actor, action],
    { limit: 50 },
  );
  return (
    <Page
      title={t('audit.title')}
      acts={
        <Button
          size="small"
          variant="secondary"
          isDisabled={!hub.value?.items.length}
          iconStart={<RiDownloadLine size={16} />}
          onPress={() => download(hub.value?.items ?? [])}
        >
          {t('common.csv')}
        </Button>
      }
    >
      <div className="ml-tools" role="search">
        {(
          [
            ['audit.filterObject', object, setObject],
            ['audit.filterActor', actor, setActor],
            ['audit.filterAction', action, setAction],
          ] as const
        ).map(([label, value, onChange]) => (
          <SearchField
            key={label}
            size="small"
            aria-label={t(label)}
            placeholder={t(label)}
            value={value}
            onChange={onChange}
          />
        ))}
      </div>
      <LoadState of={hub} what={t('audit.title')} rows={8}>
        {({ items }) => (
          <div className="ml-card">
            <DataTable
              label={t('audit.entries')}
              columns={columns}
              rows={items}
              rowKey={entry => entry.id}
              paging={paging}
              empty={
                <EmptyState title={t('audit.emptyTitle')}>
                  {t('audit.emptyText')}
                </EmptyState>
              }
            />
          </div>
        )}
      </LoadState>
    </Page>
  );
}

function useAuditColumns(): DataColumn<AuditEntry>[] {
  const { t } = useText();
  const actor = useActor();
  return [
    { id: 'at', title: t('audit.at'), cell: e => <Moment at={e.at} /> },
    {
      id: 'actor',
      title: t('audit.actor'),
      cell: e => <b style={{ fontWeight: 500 }}>{actor(e.actor)}</b>,
    },
    {
      id: 'action',
      title: t('audit.action'),
      cell: e => <code>{e.action}</code>,
    },
    {
      id: 'object',
      title: t('audit.object'),
      cell: e => {
        const path = pathOfObject(e.object);
        return path ? (
          <Link className="ml-link" to={path}>
            <bdi dir="ltr">{e.object}</bdi>
          </Link>
        ) : (
          <bdi dir="ltr">{e.object}</bdi>
        );
      },
    },
    {
      id: 'reason',
      title: t('audit.reason'),
      wrap: true,
      cell: e => e.reason ?? '',
    },
    {
      id: 'outcome',
      title: t('audit.outcome'),
      cell: e => <State state={e.outcome} />,
    },
    {
      id: 'detail',
      title: t('audit.detail'),
      wrap: true,
      cell: e =>
        Object.keys(e.detail).length > 0 && (
          <details>
            <summary>{t('audit.detail')}</summary>
            <code>{JSON.stringify(e.detail)}</code>
          </details>
        ),
    },
  ];
}

function download(entries: AuditEntry[]) {
  const rows = entries.map(e => [
    e.at,
    e.actor,
    e.action,
    e.object,
    e.reason ?? '',
    e.outcome,
  ]);
  const text = toCsv([
    ['at', 'actor', 'action', 'object', 'reason', 'outcome'],
    ...rows,
  ]);
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/csv' }));
  link.download = 'audit.csv';
  link.click();
  URL.revokeObjectURL(link.href);
}
