import { Link } from 'react-router-dom';
import {
  Approval,
  approvalStateSchema,
  directionOf,
} from '@mlops-portal/plugin-mlops-common';
import {
  Age,
  DataColumn,
  DataTable,
  EmptyState,
  LoadState,
  Page,
  RESETS_PAGE,
  Segmented,
  State,
  usePaged,
} from '../components';
import { useActor, useFormat, useQueryState, useText } from '../hooks';
import { countConditions, foldConditions } from '../registry/Conditions';
import { paths } from '../routes';

/** /ml/approvals: what waits for me? */
export function ApprovalsPage() {
  const { t, stateWord } = useText();
  const columns = useApprovalColumns();
  const [wanted, setWanted] = useQueryState('state', 'all', RESETS_PAGE);
  const parsed = approvalStateSchema.safeParse(wanted);
  const state = parsed.success ? parsed.data : undefined;
  const { hub, paging } = usePaged(
    (client, page, signal) =>
      client.listApprovals({ ...page, state }, { signal }),
    ['approvals', state],
    { refreshMs: 10_000 },
  );
  return (
    <Page
      title={t('approvals.title')}
      acts={
        <Segmented
          label={t('approvals.byState')}
          value={state ?? 'all'}
          onChange={setWanted}
          options={[
            { id: 'all', title: t('approvals.all') },
            ...(['waiting', 'approved', 'refused'] as const).map(id => ({
              id,
              title: stateWord(id),
            })),
          ]}
        />
      }
    >
      <LoadState of={hub} what={t('approvals.title')} rows={6}>
        {({ items }) => (
          <div className="ml-card">
            <DataTable
              label={t('approvals.title')}
              columns={columns}
              rows={items}
              rowKey={a => a.id}
              paging={paging}
              empty={
                <EmptyState
                  title={t('approvals.emptyTitle')}
                  action={{ title: t('noun.models'), href: paths.models() }}
                >
                  {t('approvals.emptyText')}
                </EmptyState>
              }
            />
          </div>
        )}
      </LoadState>
    </Page>
  );
}

function useApprovalColumns(): DataColumn<Approval>[] {
  const { t, riskName } = useText();
  const format = useFormat();
  const actor = useActor();
  return [
    {
      id: 'request',
      title: t('approvals.request'),
      cell: a => (
        <Link to={paths.approval(a.id)} style={{ fontWeight: 500 }}>
          <bdi dir="ltr">
            {a.model} v{a.version}
          </bdi>
        </Link>
      ),
    },
    {
      id: 'state',
      title: t('approvals.state'),
      cell: a => <State state={a.state} />,
    },
    {
      id: 'conditions',
      title: t('approvals.conditions'),
      cell: a => {
        const { met, notMet, unknown } = countConditions(a.conditions);
        return (
          <State state={foldConditions(a.conditions)}>
            {t('approvals.conditionsCount', {
              met: format.count(met),
              notMet: format.count(notMet),
              unknown: format.count(unknown),
            })}
          </State>
        );
      },
    },
    {
      id: 'difference',
      title: t('approvals.difference'),
      end: true,
      cell: a => <Difference approval={a} />,
    },
    {
      id: 'risk',
      title: t('approvals.risk'),
      cell: a => riskName(a.riskClass),
    },
    {
      id: 'asked',
      title: t('approvals.asked'),
      end: true,
      cell: a => (
        <>
          <Age at={a.requestedAt} />{' '}
          <span className="ml-3">
            {t('runs.by', { actor: actor(a.requestedBy) })}
          </span>
        </>
      ),
    },
    {
      id: 'decided',
      title: t('approvals.decided'),
      end: true,
      cell: a =>
        a.decidedAt ? (
          <>
            <Age at={a.decidedAt} />{' '}
            <span className="ml-3">
              {a.decidedBy && t('runs.by', { actor: actor(a.decidedBy) })}
            </span>
          </>
        ) : (
          <span className="ml-3">{t('common.none')}</span>
        ),
    },
  ];
}

function Difference(props: { approval: Approval }) {
  const { t, metricName } = useText();
  const format = useFormat();
  const { metric } = props.approval;
  if (!metric || metric.champion === undefined)
    return <span className="ml-3">{t('common.none')}</span>;
  const difference = metric.value - metric.champion;
  const better =
    directionOf(metric.name) === 'maximize' ? difference > 0 : difference < 0;
  const tone = better ? 'ml-ok' : 'ml-bad';
  return (
    <>
      <span className="ml-3">{metricName(metric.name)}</span>{' '}
      <span className={difference === 0 ? undefined : tone}>
        {format.signed(difference)}
      </span>
    </>
  );
}
