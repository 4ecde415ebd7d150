import { Link } from 'react-router-dom';
import { Endpoint } from '@mlops-portal/plugin-mlops-common';
import {
  Age,
  DataColumn,
  DataTable,
  EmptyState,
  LoadState,
  Page,
  SplitBar,
  State,
  compareUrgency,
  usePaged,
} from '../components';
import { useFormat, useText } from '../hooks';
import { paths } from '../routes';
import { partsOf } from './parts';

const REFRESH_MS = 10_000;

/** /ml/endpoints: is everything answering, and with which version? Worst first. */
export function EndpointsPage() {
  const { t } = useText();
  const columns = useEndpointColumns();
  const { hub, paging } = usePaged(
    (client, page, signal) => client.listEndpoints(page, { signal }),
    ['endpoints'],
    { refreshMs: REFRESH_MS },
  );
  return (
    <Page title={t('noun.endpoints')}>
      <LoadState of={hub} what={t('noun.endpoints')} rows={6}>
        {({ items }) => (
          <div className="ml-card">
            <DataTable
              label={t('noun.endpoints')}
              columns={columns}
              rows={[...items].sort((a, b) => compareUrgency(a.state, b.state))}
              rowKey={endpoint => endpoint.name}
              paging={paging}
              empty={
                <EmptyState
                  title={t('endpoints.emptyTitle')}
                  action={{
                    title: t('endpoints.openModels'),
                    href: paths.models(),
                  }}
                >
                  {t('endpoints.emptyText')}
                </EmptyState>
              }
            />
          </div>
        )}
      </LoadState>
    </Page>
  );
}

function useEndpointColumns(): DataColumn<Endpoint>[] {
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
      cell: endpoint => (
        <Link to={paths.endpoint(endpoint.name)} style={{ fontWeight: 500 }}>
          <bdi dir="ltr">{endpoint.name}</bdi>
        </Link>
      ),
    },
    {
      id: 'state',
      title: t('endpoints.state'),
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
      end: true,
      cell: endpoint => format.count(sum(endpoint, 'requests')),
    },
    {
      id: 'errors',
      title: t('endpoints.errors'),
      end: true,
      cell: endpoint => format.count(sum(endpoint, 'errors')),
    },
    {
      id: 'p95',
      title: t('endpoints.p95'),
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
      cell: endpoint => endpoint.engine,
    },
    {
      id: 'observed',
      title: t('endpoints.observed'),
      cell: endpoint =>
        endpoint.observedAt ? <Age at={endpoint.observedAt} /> : none,
    },
  ];
}
