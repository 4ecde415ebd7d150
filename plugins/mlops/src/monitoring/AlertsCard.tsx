import { Link } from 'react-router-dom';
import { Alert } from '@mlops-portal/plugin-mlops-common';
import {
  Age,
  Card,
  EmptyState,
  LoadState,
  Moment,
  StateShape,
} from '../components';
import { HubValue, useActor, useFormat, useText } from '../hooks';
import { paths } from '../routes';
import { AlertActs } from './AlertActs';
import { useAlertEvidence, useAlertTitle } from './useAlertTitle';

/** Alerts of one endpoint, firing ones first, with who has them. */
export function AlertsCard(props: {
  of: HubValue<{ items: Alert[]; total: number }>;
  onChanged: () => void;
}) {
  const { t } = useText();
  const format = useFormat();
  const firing =
    props.of.value?.items.filter(a => a.state === 'firing').length ?? 0;
  return (
    <Card
      title={t('noun.alerts')}
      sub={t('alerts.firing', { n: format.count(firing) })}
      acts={
        <Link className="ml-link" to={paths.alerts()}>
          {t('alerts.all')}
        </Link>
      }
      flush
    >
      <LoadState of={props.of} what={t('noun.alerts')} rows={3}>
        {({ items }) =>
          items.length ? (
            <ul className="ml-list ml-alerts">
              {items.map(alert => (
                <AlertRow
                  key={alert.id}
                  alert={alert}
                  onChanged={props.onChanged}
                />
              ))}
            </ul>
          ) : (
            <EmptyState title={t('alerts.emptyTitle')}>
              {t('alerts.emptyText')}
            </EmptyState>
          )
        }
      </LoadState>
    </Card>
  );
}

function AlertRow(props: { alert: Alert; onChanged: () => void }) {
  const { alert } = props;
  const title = useAlertTitle();
  const evidence = useAlertEvidence();
  return (
    <li>
      <StateShape state={alert.state} />
      <div className="body">
        <Link to={paths.alert(alert.id)}>
          <b>{title(alert)}</b>
        </Link>
        <span className="age">
          <Age at={alert.firedAt} />
        </span>
        <p>{evidence(alert)}</p>
        <p>
          <WhoHasIt alert={alert} />
        </p>
      </div>
      <span className="ml-row wrap">
        {alert.state === 'firing' && <AlertActs {...props} />}
      </span>
    </li>
  );
}

/** Who acknowledged and why, and until when it is muted. */
export function WhoHasIt(props: { alert: Alert }) {
  const { t } = useText();
  const format = useFormat();
  const actorName = useActor();
  const { alert } = props;
  return (
    <>
      {alert.acknowledgedBy ? (
        <>
          {actorName(alert.acknowledgedBy)}
          {alert.acknowledgedAt && (
            <>
              , <Moment at={alert.acknowledgedAt} />
            </>
          )}
          {alert.acknowledgeReason && `: “${alert.acknowledgeReason}”`}
        </>
      ) : (
        t('alerts.notAcknowledged')
      )}
      {alert.mutedUntil && Date.parse(alert.mutedUntil) > Date.now() && (
        <>
          {'; '}
          {t('alerts.mutedUntil', { time: format.date(alert.mutedUntil) })}
          {alert.muteReason && `: “${alert.muteReason}”`}
        </>
      )}
    </>
  );
}
