import { Link } from 'react-router-dom';
import { Endpoint } from '@mlops-portal/plugin-mlops-common';
import {
  Age,
  EmptyState,
  IndexColumn,
  IndexPage,
  SplitBar,
  State,
} from '../components';
import { useFormat, useText } from '../hooks';
import { paths } from '../routes';
import { partsOf } from './parts';

const REFRESH_MS = 10_000;

/** /ml/endpoints: is everything answering, and with which version? Worst first, as the hub sorts it. */
export function EndpointsPage() {
  const { t } = useText();
  return (
    <IndexPage
      title={t('noun.endpoints')}
      name="endpoints"
      columns={useEndpointColumns()}
      rowKey={endpoint => endpoint.name}
      filters={[{ name: 'q', label: t('common.name'), kind: 'text' }]}
      load={(client, { filters, ...page }, signal) =>
        client.listEndpoints({ ...page, q: filters.q }, { signal })
      }
      refreshMs={REFRESH_MS}
      empty={
        <EmptyState
          title={t('endpoints.emptyTitle')}
          action={{ title: t('endpoints.openModels'), href: paths.models() }}
        >
          {t('endpoints.emptyText')}
        </EmptyState>
      }
    />
  );
}

function useEndpointColumns(): IndexColumn<Endpoint>[] {
  const { t } = useText();
  const format = useFormat();
  const none = <span className="ml-3">{t('common.none')}</span>;
  const sum = (endpoint: Endpoint, of: 'requests' | 'errors') =>
    endpoint.revisions.reduce((total, r) => total + r[of], 0);
  const p95 = (endpoint: Endpoint) =>
    Math.max(0, ...endpoint.revisions.map(r => r.p95Ms ?? 0));
  return [
    {
      id: 'name',
      title: t('endpoints.endpoint'),
      csv: e => e.name,
      cell: endpoint => (
        <Link to={paths.endpoint(endpoint.name)} style={{ fontWeight: 500 }}>
          <bdi dir="ltr">{endpoint.name}</bdi>
        </Link>
      ),
    },
    {
      id: 'state',
      title: t('endpoints.state'),
      csv: e => e.state,
      wrap: true,
      cell: endpoint => (
        <>
          <State state={endpoint.state} />
          {endpoint.reason && (
            <div className="ml-s11 ml-2">{endpoint.reason}</div>
          )}
        </>
      ),
    },
    {
      id: 'traffic',
      title: t('endpoints.traffic'),
      csv: e =>
        partsOf(e)
          .map(p => `${p.label} ${p.percent}%`)
          .join(', '),
      cell: endpoint => {
        const parts = partsOf(endpoint);
        if (!parts.length) return none;
        return (
          <div className="ml-traffic-cell">
            <SplitBar parts={parts} />
            <span className="ml-s11 ml-2">
              {parts
                .map(p => `${p.label} ${format.percent(p.percent / 100)}`)
                .join(', ')}
            </span>
          </div>
        );
      },
    },
    {
      id: 'requests',
      title: t('endpoints.requests'),
      csv: e => sum(e, 'requests'),
      end: true,
      cell: endpoint => format.count(sum(endpoint, 'requests')),
    },
    {
      id: 'errors',
      title: t('endpoints.errors'),
      csv: e => sum(e, 'errors'),
      end: true,
      cell: endpoint => format.count(sum(endpoint, 'errors')),
    },
    {
      id: 'p95',
      title: t('endpoints.p95'),
      csv: e => p95(e) || undefined,
      end: true,
      cell: endpoint =>
        p95(endpoint)
          ? `${format.number(p95(endpoint), { maximumFractionDigits: 1 })} ${t(
              'unit.ms',
            )}`
          : none,
    },
    {
      id: 'engine',
      title: t('endpoints.engine'),
      csv: e => e.engine,
      cell: endpoint => endpoint.engine,
    },
    {
      id: 'observed',
      title: t('endpoints.observed'),
      csv: e => e.observedAt,
      cell: endpoint =>
        endpoint.observedAt ? <Age at={endpoint.observedAt} /> : none,
    },
  ];
}
