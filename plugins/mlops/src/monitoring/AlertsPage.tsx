import { Link } from 'react-router-dom';
import { Alert } from '@mlops-portal/plugin-mlops-common';
import {
  Age,
  DataColumn,
  DataTable,
  EmptyState,
  FilterSelect,
  LoadState,
  Page,
  State,
  usePaged,
} from '../components';
import { useQueryState, useText } from '../hooks';
import { paths } from '../routes';
import { WhoHasIt } from './AlertsCard';
import { useAlertEvidence, useAlertTitle } from './useAlertTitle';

const REFRESH_MS = 15_000;

/** /ml/alerts: what fires, and who has it? Firing ones first. */
export function AlertsPage() {
  const { t, stateWord } = useText();
  const [state, setState] = useQueryState('state', 'all');
  const columns = useAlertColumns();
  const { hub, paging } = usePaged(
    (client, page, signal) =>
      client.listAlerts(
        {
          ...page,
          state: state === 'firing' || state === 'resolved' ? state : undefined,
        },
        { signal },
      ),
    ['alerts', state],
    { refreshMs: REFRESH_MS },
  );
  return (
    <Page title={t('noun.alerts')}>
      <div className="ml-tools">
        <FilterSelect
          label={t('alerts.filter')}
          value={state}
          onChange={setState}
          options={['firing', 'resolved'].map(id => ({
            id,
            title: stateWord(id),
          }))}
        />
      </div>
      <LoadState of={hub} what={t('noun.alerts')} rows={6}>
        {({ items }) => (
          <div className="ml-card">
            <DataTable
              label={t('noun.alerts')}
              columns={columns}
              rows={items}
              rowKey={alert => alert.id}
              paging={paging}
              empty={
                <EmptyState
                  title={
                    state === 'all'
                      ? t('alerts.emptyTitle')
                      : t('common.nothingMatches')
                  }
                >
                  {t('alerts.emptyText')}
                </EmptyState>
              }
            />
          </div>
        )}
      </LoadState>
    </Page>
  );
}

function useAlertColumns(): DataColumn<Alert>[] {
  const { t } = useText();
  const title = useAlertTitle();
  const evidence = useAlertEvidence();
  return [
    {
      id: 'alert',
      title: t('alerts.alert'),
      cell: alert => (
        <Link to={paths.alert(alert.id)} style={{ fontWeight: 500 }}>
          {title(alert)}
        </Link>
      ),
    },
    {
      id: 'state',
      title: t('alerts.state'),
      cell: alert => <State state={alert.state} />,
    },
    {
      id: 'endpoint',
      title: t('alerts.endpoint'),
      cell: alert => (
        <Link className="ml-link" to={paths.monitoring(alert.endpoint)}>
          <bdi dir="ltr">{alert.endpoint}</bdi>
        </Link>
      ),
    },
    {
      id: 'evidence',
      title: t('alerts.evidence'),
      cell: alert => <span className="ml-num">{evidence(alert)}</span>,
    },
    {
      id: 'fired',
      title: t('alerts.fired'),
      cell: alert => <Age at={alert.firedAt} />,
    },
    {
      id: 'who',
      title: t('alerts.acknowledged'),
      wrap: true,
      cell: alert => <WhoHasIt alert={alert} />,
    },
  ];
}
