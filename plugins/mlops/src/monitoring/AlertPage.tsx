import { ReactNode } from 'react';
import { Link, useParams } from 'react-router-dom';
import { ButtonLink } from '@backstage/ui';
import { Alert, Decision } from '@mlops-portal/plugin-mlops-common';
import {
  Age,
  Card,
  EmptyState,
  Facts,
  LoadState,
  Moment,
  Page,
  State,
  StateShape,
} from '../components';
import { useActor, useFormat, useHub, useText } from '../hooks';
import { paths } from '../routes';
import { AlertActs } from './AlertActs';
import { DecisionState, Followed } from './DecisionsCard';
import { Distribution } from './Distribution';
import { DistributionCell } from './distributionCell';
import { RetrainButton } from './RetrainButton';
import { useAlertTitle } from './useAlertTitle';
import '../serving/serving.css';
import './monitoring.css';
import './panel.css';

const REFRESH_MS = 15_000;
const SHARE_FLOOR = 1e-4;

/** /ml/alerts/:id: what is it, what did we do? */
export function AlertPage() {
  const { id = '' } = useParams();
  const { t } = useText();
  const title = useAlertTitle();
  const hub = useHub(
    (client, signal) => client.getAlert({ id }, { signal }),
    ['alert', id],
    { refreshMs: REFRESH_MS },
  );
  const alert = hub.value;
  return (
    <Page
      title={alert ? title(alert) : t('noun.alert')}
      crumbs={[{ title: t('noun.alerts'), href: paths.alerts() }]}
      state={alert && <State state={alert.state} pill />}
      meta={
        alert && (
          <>
            <Link to={paths.endpoint(alert.endpoint)}>
              {t('noun.endpoint')}{' '}
              <b>
                <bdi dir="ltr">{alert.endpoint}</bdi>
              </b>
            </Link>
            <span>
              {t('alert.firedAt')} <Age at={alert.firedAt} />
            </span>
          </>
        )
      }
      acts={
        alert && (
          <>
            <ButtonLink
              size="small"
              variant="secondary"
              href={monitoringLink(alert)}
            >
              {t('alert.openMonitoring')}
            </ButtonLink>
            {alert.state === 'firing' && (
              <AlertActs alert={alert} onChanged={hub.refresh} />
            )}
            <RetrainButton
              problem={alert.endpoint}
              alertId={alert.id}
              primary
              onDone={hub.refresh}
            />
          </>
        )
      }
    >
      <LoadState of={hub} what={t('alert.what', { id })} rows={6}>
        {found => (
          <div className="ml-two">
            <Evidence alert={found} />
            <WhatFollowed alert={found} />
          </div>
        )}
      </LoadState>
    </Page>
  );
}

/** Monitoring of the version that fired, at the feature and window that fired. */
function monitoringLink({ endpoint, kind, subject, evidence }: Alert): string {
  const query = new URLSearchParams({ version: String(evidence.version) });
  if (kind !== 'quality') {
    query.set('feature', subject);
    query.set('window', evidence.window);
  }
  return `${paths.monitoring(endpoint)}?${query}`;
}

function Evidence(props: { alert: Alert }) {
  const { t } = useText();
  const format = useFormat();
  const { evidence, kind, eventTime, endpoint } = props.alert;
  const drift = kind === 'drift';
  const number = (value: number | null) =>
    value === null ? t('common.none') : format.score(value);
  return (
    <Card title={t('alert.evidence')} flush>
      <div className="ml-drawer-part" style={{ borderBlockStart: 0 }}>
        <Facts
          items={[
            [
              t(drift ? 'alert.scorePsi' : 'alert.score'),
              <b key="score" className="ml-num">
                {number(evidence.score)}
              </b>,
            ],
            [t('panel.limit'), number(evidence.limit)],
            drift ? [t('panel.floor'), number(evidence.noiseFloor)] : undefined,
            [t('alert.n'), format.count(evidence.n)],
            [t('alert.window'), format.eventDate(evidence.window)],
            [t('alert.over'), format.count(evidence.windowsOver)],
            [
              t('alert.version'),
              <Link
                key="version"
                className="ml-link"
                to={paths.version(endpoint, evidence.version)}
              >
                v{evidence.version}
              </Link>,
            ],
            [t('alert.eventTime'), format.eventDate(eventTime)],
          ]}
        />
      </div>
      {evidence.cells ? (
        <Distribution
          cells={cellsOf(evidence.cells, drift)}
          window={evidence.window}
        />
      ) : (
        <p className="ml-drawer-part ml-s12 ml-3">{t('alert.noCells')}</p>
      )}
    </Card>
  );
}

/** Frozen shares as cells; counts are turned into shares. Contributions only where the score is their sum. */
export function cellsOf(
  cells: NonNullable<Alert['evidence']['cells']>,
  drift: boolean,
): DistributionCell[] {
  const shares = (values: number[]) => {
    const sum = values.reduce((a, b) => a + b, 0) || 1;
    return values.map(v => v / sum);
  };
  const reference = shares(cells.reference);
  const current = shares(cells.current);
  return cells.labels.map((label, i) => {
    const p = Math.max(reference[i], SHARE_FLOOR);
    const q = Math.max(current[i], SHARE_FLOOR);
    return {
      label,
      reference: reference[i],
      current: current[i],
      contribution: drift ? (q - p) * Math.log(q / p) : undefined,
    };
  });
}

function WhatFollowed(props: { alert: Alert }) {
  const { t } = useText();
  const format = useFormat();
  const actorName = useActor();
  const { alert } = props;
  const retraining = useHub(
    (client, signal) =>
      client.getRetraining({ problem: alert.endpoint }, { signal }),
    ['retraining', alert.endpoint, alert.decisionId],
    { enabled: Boolean(alert.decisionId) },
  );
  const decision = retraining.value?.decisions.find(
    d => d.id === alert.decisionId,
  );
  return (
    <Card title={t('alert.followed')} flush>
      <ol className="ml-timeline">
        <Step at={alert.firedAt} state="firing">
          {t('alert.stepFired')}
        </Step>
        {decision && (
          <Step at={decision.at} state={decision.outcome}>
            <DecisionStep decision={decision} />
          </Step>
        )}
        {alert.acknowledgedAt && alert.acknowledgedBy && (
          <Step at={alert.acknowledgedAt} state="met">
            {t('alert.stepAcknowledged', {
              actor: actorName(alert.acknowledgedBy),
            })}
            {alert.acknowledgeReason && (
              <div className="ml-2">“{alert.acknowledgeReason}”</div>
            )}
          </Step>
        )}
        {alert.mutedUntil && (
          <Step state="paused">
            {t('alert.stepMuted', { time: format.date(alert.mutedUntil) })}
            {alert.muteReason && (
              <div className="ml-2">“{alert.muteReason}”</div>
            )}
          </Step>
        )}
        {alert.resolvedAt && (
          <Step at={alert.resolvedAt} state="resolved">
            {alert.resolvedBecause === 'replaced'
              ? t('alert.stepReplaced', {
                  version: String(alert.evidence.version),
                })
              : t('alert.stepResolved')}
          </Step>
        )}
      </ol>
      {alert.state === 'firing' && !alert.acknowledgedBy && !decision && (
        <EmptyState title={t('alert.nothing')} />
      )}
    </Card>
  );
}

function DecisionStep(props: { decision: Decision }) {
  const { decision } = props;
  return (
    <>
      <DecisionState decision={decision} /> <Followed decision={decision} />
      <div className="ml-2">{decision.because}</div>
    </>
  );
}

function Step(props: { at?: string; state: string; children: ReactNode }) {
  return (
    <li>
      {props.at ? <Moment at={props.at} /> : <time />}
      <span className="mark">
        <StateShape state={props.state} />
      </span>
      <div>{props.children}</div>
    </li>
  );
}
