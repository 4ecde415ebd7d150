import { Link } from 'react-router-dom';
import {
  Approval,
  approvalStateSchema,
  directionOf,
} from '@mlops-portal/plugin-mlops-common';
import {
  Actor,
  Age,
  EmptyState,
  IndexColumn,
  IndexPage,
  State,
} from '../components';
import { useFormat, useText } from '../hooks';
import { countConditions, foldConditions } from '../registry/Conditions';
import { paths } from '../routes';

/** /ml/approvals: what waits for me? */
export function ApprovalsPage() {
  const { t, stateWord } = useText();
  return (
    <IndexPage
      title={t('approvals.title')}
      name="approvals"
      columns={useApprovalColumns()}
      rowKey={a => a.id}
      filters={[
        {
          name: 'state',
          label: t('approvals.state'),
          kind: 'choice',
          options: (['waiting', 'approved', 'refused'] as const).map(id => ({
            id,
            title: stateWord(id),
          })),
        },
        { name: 'q', label: t('approval.model'), kind: 'text' },
      ]}
      load={(client, { filters, ...page }, signal) => {
        const state = approvalStateSchema.safeParse(filters.state).data;
        return client.listApprovals(
          { ...page, state, q: filters.q },
          { signal },
        );
      }}
      refreshMs={10_000}
      empty={
        <EmptyState
          title={t('approvals.emptyTitle')}
          action={{ title: t('noun.models'), href: paths.models() }}
        >
          {t('approvals.emptyText')}
        </EmptyState>
      }
    />
  );
}

function useApprovalColumns(): IndexColumn<Approval>[] {
  const { t, riskName } = useText();
  const format = useFormat();
  return [
    {
      id: 'request',
      title: t('approvals.request'),
      csv: a => `${a.model} v${a.version}`,
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
      csv: a => a.state,
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
      csv: a => a.riskClass,
      cell: a => riskName(a.riskClass),
    },
    {
      id: 'asked',
      wrap: true,
      title: t('approvals.asked'),
      csv: a => `${a.requestedAt} ${a.requestedBy}`,
      cell: a => (
        <>
          <Age at={a.requestedAt} />{' '}
          <span className="ml-3">
            <Actor of={a.requestedBy} say={actor => t('runs.by', { actor })} />
          </span>
        </>
      ),
    },
    {
      id: 'decided',
      wrap: true,
      title: t('approvals.decided'),
      csv: a => (a.decidedAt ? `${a.decidedAt} ${a.decidedBy ?? ''}` : ''),
      cell: a =>
        a.decidedAt ? (
          <>
            <Age at={a.decidedAt} />{' '}
            <span className="ml-3">
              {a.decidedBy && (
                <Actor
                  of={a.decidedBy}
                  say={actor => t('runs.by', { actor })}
                />
              )}
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
