import { Link } from 'react-router-dom';
import { AuditEntry } from '@mlops-portal/plugin-mlops-common';
import {
  Actor,
  EmptyState,
  IndexColumn,
  IndexPage,
  Moment,
  State,
} from '../components';
import { useText } from '../hooks';
import { pathOfObject } from '../routes';

const PAGE = 50;

/** /ml/audit: who did what, when and why? Filters are in the URL; what they find is exported whole. */
export function AuditPage() {
  const { t } = useText();
  return (
    <IndexPage
      title={t('audit.title')}
      name="audit"
      columns={useAuditColumns()}
      rowKey={entry => entry.id}
      limit={PAGE}
      json
      filters={[
        { name: 'object', label: t('audit.filterObject'), kind: 'text' },
        { name: 'actor', label: t('audit.filterActor'), kind: 'text' },
        { name: 'action', label: t('audit.filterAction'), kind: 'text' },
        { name: 'since', label: t('audit.since'), kind: 'date' },
        { name: 'until', label: t('audit.until'), kind: 'date' },
      ]}
      load={(client, { filters, ...page }, signal) =>
        client.listAudit({ ...page, ...filters }, { signal })
      }
      empty={
        <EmptyState title={t('audit.emptyTitle')}>
          {t('audit.emptyText')}
        </EmptyState>
      }
    />
  );
}

function useAuditColumns(): IndexColumn<AuditEntry>[] {
  const { t, say } = useText();
  return [
    {
      id: 'at',
      title: t('audit.at'),
      csv: e => e.at,
      cell: e => <Moment at={e.at} />,
    },
    {
      id: 'actor',
      title: t('audit.actor'),
      csv: e => e.actor,
      cell: e => (
        <b style={{ fontWeight: 500 }}>
          <Actor of={e.actor} />
        </b>
      ),
    },
    {
      id: 'action',
      title: t('audit.action'),
      csv: e => e.action,
      cell: e => (
        <span title={e.action}>{say(`action.${e.action}`, {}, e.action)}</span>
      ),
    },
    {
      id: 'object',
      title: t('audit.object'),
      csv: e => e.object,
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
      csv: e => e.reason,
      wrap: true,
      cell: e => e.reason ?? '',
    },
    {
      id: 'outcome',
      title: t('audit.outcome'),
      csv: e => e.outcome,
      cell: e => <State state={e.outcome} />,
    },
    {
      id: 'detail',
      title: t('audit.detail'),
      csv: e => JSON.stringify(e.detail),
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
