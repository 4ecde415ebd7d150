import { Link, useParams } from 'react-router-dom';
import { RiArrowRightLine, RiCheckLine, RiUserLine } from '@remixicon/react';
import { ButtonLink } from '@backstage/ui';
import { Approval, VersionDetail } from '@mlops-portal/plugin-mlops-common';
import {
  Actor,
  Age,
  Card,
  Facts,
  LoadState,
  Moment,
  Page,
  State,
} from '../components';
import { useFormat, useHub, useText } from '../hooks';
import { Conditions, countConditions } from '../registry/Conditions';
import { SameRowsCard } from '../registry/SameRowsCard';
import { MetricsCard } from '../registry/VersionCards';
import { paths } from '../routes';
import { DecisionPanel } from './DecisionPanel';

/** /ml/approvals/:id: what am I signing? */
export function ApprovalPage() {
  const { id = '' } = useParams();
  const { t, riskName } = useText();
  const hub = useHub(
    (client, signal) => client.getApproval({ id }, { signal }),
    ['approval', id],
    {
      refreshMs: 10_000,
    },
  );
  const a = hub.value;
  return (
    <Page
      title={
        a
          ? t('approval.title', { version: String(a.version) })
          : t('noun.approval')
      }
      crumbs={[{ title: t('noun.approvals'), href: paths.approvals() }]}
      state={a && <State state={a.state} pill />}
      meta={
        a && (
          <>
            <span>
              {t('approval.model')} <b>{a.model}</b>
            </span>
            <span>
              {t('approval.askedBy')}{' '}
              <b>
                <Actor of={a.requestedBy} />
              </b>{' '}
              <Age at={a.requestedAt} />
            </span>
            <span>
              {t('approval.risk')} <b>{riskName(a.riskClass)}</b>
            </span>
            <span>
              {t('approval.request')} <code>{a.id}</code>
            </span>
          </>
        )
      }
      acts={
        a && (
          <ButtonLink
            href={paths.version(a.model, a.version)}
            size="small"
            variant="secondary"
          >
            {t('approval.open', { version: String(a.version) })}
          </ButtonLink>
        )
      }
    >
      <LoadState of={hub} what={`${t('noun.approval')} ${id}`} rows={8}>
        {value => <Content approval={value} onDecided={hub.refresh} />}
      </LoadState>
    </Page>
  );
}

function Content(props: { approval: Approval; onDecided: () => void }) {
  const { t } = useText();
  const format = useFormat();
  const { approval: a } = props;
  const version = useHub(
    (client, signal) =>
      client.getVersion({ name: a.model, version: a.version }, { signal }),
    ['approval-version', a.model, a.version],
  );
  const { met, notMet, unknown } = countConditions(a.conditions);
  return (
    <div className="ml-wide start">
      <div className="ml-col ml-gap-16">
        <LoadState of={version} what={t('approval.evidence')}>
          {v => (
            <>
              <WhatChanges approval={a} version={v} />
              <Difference version={v} />
            </>
          )}
        </LoadState>
        <Card
          title={t('approval.conditions')}
          sub={t('approvals.conditionsCount', {
            met: format.count(met),
            notMet: format.count(notMet),
            unknown: format.count(unknown),
          })}
          flush
        >
          <Conditions items={a.conditions} />
        </Card>
        {version.value && <Evidence version={version.value} />}
        <Said approval={a} />
      </div>
      <DecisionPanel
        approval={a}
        champion={version.value?.championVersion}
        onDecided={props.onDecided}
      />
    </div>
  );
}

function WhatChanges(props: { approval: Approval; version: VersionDetail }) {
  const { t, metricName } = useText();
  const format = useFormat();
  const { approval: a, version: v } = props;
  const words = (value?: number) =>
    a.metric && value !== undefined
      ? `${metricName(a.metric.name)} ${format.metric(value)}`
      : '';
  return (
    <Card
      title={t('approval.whatChanges')}
      sub={t('approval.endpoint', { endpoint: a.endpoint })}
    >
      <div className="ml-change">
        <div className="ml-lane-card">
          {v.championVersion === undefined ? (
            <p className="ml-2">{t('approval.first')}</p>
          ) : (
            <>
              <div className="ml-row">
                <Link to={paths.version(a.model, v.championVersion)}>
                  <b>v{v.championVersion}</b>
                </Link>
                <span className="ml-push ml-s11 ml-3">
                  {t('approval.leaves')}
                </span>
              </div>
              <p className="ml-s12">{words(a.metric?.champion)}</p>
            </>
          )}
        </div>
        <RiArrowRightLine size={16} className="ml-mirror" aria-hidden />
        <div className="ml-lane-card on">
          <div className="ml-row">
            <Link to={paths.version(a.model, a.version)}>
              <b>v{a.version}</b>
            </Link>
            <span className="ml-push ml-s11 ml-3">
              {t('approval.wouldAnswer')}
            </span>
          </div>
          <p className="ml-s12">
            {words(a.metric?.value)}
            {v.train &&
              `. ${t('version.trained')} ${format.window(
                v.train.from,
                v.train.to,
              )}`}
          </p>
        </div>
      </div>
    </Card>
  );
}

/** Against production where there is one, else against the baseline. */
function Difference({ version: v }: { version: VersionDetail }) {
  const { t } = useText();
  if (!Object.keys(v.champion).length) return <MetricsCard version={v} />;
  return (
    <SameRowsCard
      version={v}
      title={t('approval.against')}
      acts={
        v.championVersion !== undefined && (
          <ButtonLink
            href={paths.compare(v.model, [v.championVersion, v.version])}
            size="small"
            variant="secondary"
          >
            {t('approval.compare')}
          </ButtonLink>
        )
      }
    />
  );
}

function Evidence({ version: v }: { version: VersionDetail }) {
  const { t } = useText();
  const format = useFormat();
  return (
    <Card title={t('approval.evidence')} sub={t('approval.evidenceSub')}>
      <Facts
        items={[
          v.commit
            ? [
                t('approval.commit'),
                <Link
                  key="commit"
                  className="ml-link"
                  to={paths.lineage(`commit:${v.commit}`)}
                >
                  <code title={v.commit}>{v.commit.slice(0, 12)}</code>
                </Link>,
              ]
            : undefined,
          v.dataVersion
            ? [
                t('approval.data'),
                <>
                  <code>{v.dataVersion.slice(0, 12)}…</code>
                  {v.train &&
                    `, ${format.window(
                      v.train.from,
                      v.train.to,
                    )}, ${format.count(v.train.rows)} ${t('unit.rows')}`}
                </>,
              ]
            : undefined,
          v.runId
            ? [
                t('approval.run'),
                <Link className="ml-link" to={paths.run(v.runId)}>
                  #{v.runNumber}
                </Link>,
              ]
            : undefined,
          [t('version.digest'), <code>{v.artifact.sha256.slice(0, 16)}…</code>],
          [
            t('approval.card'),
            <Link className="ml-link" to={paths.version(v.model, v.version)}>
              v{v.version}
            </Link>,
          ],
        ]}
      />
    </Card>
  );
}

function Said({ approval: a }: { approval: Approval }) {
  const { t } = useText();
  const approves = a.exception
    ? 'approval.approvesException'
    : 'approval.approves';
  const key = a.state === 'refused' ? 'approval.refuses' : approves;
  return (
    <Card title={t('approval.said')} flush>
      <ol className="ml-timeline">
        {a.decidedAt && (
          <li>
            <Moment at={a.decidedAt} />
            <span className="mark">
              <RiCheckLine size={16} aria-hidden />
            </span>
            <span>
              <b>
                <Actor of={a.decidedBy ?? ''} />
              </b>{' '}
              {t(key, { reason: a.decisionReason ?? '' })}
            </span>
          </li>
        )}
        <li>
          <Moment at={a.requestedAt} />
          <span className="mark">
            <RiUserLine size={16} aria-hidden />
          </span>
          <span>
            <b>
              <Actor of={a.requestedBy} />
            </b>{' '}
            {t('approval.asks', { reason: a.reason })}
          </span>
        </li>
      </ol>
    </Card>
  );
}
