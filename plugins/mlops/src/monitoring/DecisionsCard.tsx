import { Link } from 'react-router-dom';
import { Decision, Retraining } from '@mlops-portal/plugin-mlops-common';
import { Card, EmptyState, LoadState, Moment, State } from '../components';
import { HubValue, useActor, useFormat, useText } from '../hooks';
import { paths } from '../routes';

/** Each decision on retraining with its reason and what followed. */
export function DecisionsCard(props: { of: HubValue<Retraining> }) {
  const { t } = useText();
  const format = useFormat();
  const actorName = useActor();
  const { value } = props.of;
  return (
    <Card
      title={t('decisions.title')}
      sub={
        value &&
        t('decisions.policy', {
          n: format.count(value.policy.neededWindows),
          days: format.count(value.policy.coolDownDays),
          when: value.policy.when.join(', ') || t('common.noneWord'),
        })
      }
      acts={
        value && (
          <Link className="ml-link" to={paths.problem(value.problem)}>
            {t('decisions.change')}
          </Link>
        )
      }
      flush
    >
      <LoadState of={props.of} what={t('decisions.title')} rows={3}>
        {({ decisions, paused, pausedBy, pausedReason }) => (
          <>
            {paused && (
              <div className="ml-paused">
                <State state="paused">
                  {t('decisions.paused', {
                    actor: pausedBy ? actorName(pausedBy) : t('common.none'),
                    reason: pausedReason ?? t('common.none'),
                  })}
                </State>
              </div>
            )}
            {decisions.length ? (
              <DecisionTable decisions={decisions} />
            ) : (
              <EmptyState title={t('decisions.emptyTitle')}>
                {t('decisions.emptyText')}
              </EmptyState>
            )}
          </>
        )}
      </LoadState>
    </Card>
  );
}

function DecisionTable(props: { decisions: Decision[] }) {
  const { t } = useText();
  return (
    <div className="ml-scroll">
      <table className="ml-table stack">
        <thead>
          <tr>
            <th scope="col">{t('decisions.when')}</th>
            <th scope="col">{t('decisions.decision')}</th>
            <th scope="col">{t('decisions.because')}</th>
            <th scope="col">{t('decisions.followed')}</th>
          </tr>
        </thead>
        <tbody>
          {props.decisions.map(decision => (
            <tr key={decision.id}>
              <th scope="row" className="ml-nowrap">
                <Moment at={decision.at} />
              </th>
              <td className="ml-nowrap">
                <DecisionState decision={decision} />
              </td>
              <td>{decision.because}</td>
              <td className="ml-nowrap">
                <Followed decision={decision} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Outcome of a decision with its cause. */
export function DecisionState(props: { decision: Decision }) {
  const { say, stateWord } = useText();
  const { outcome, cause } = props.decision;
  const why = say(`cause.${cause}`, {}, cause === 'none' ? '' : cause);
  return (
    <State state={outcome}>
      {why ? `${stateWord(outcome)}: ${why}` : stateWord(outcome)}
    </State>
  );
}

/** The run that followed, and the version it made. */
export function Followed(props: { decision: Decision }) {
  const { t } = useText();
  const { decision } = props;
  if (!decision.runId) return <span className="ml-3">{t('common.none')}</span>;
  return (
    <>
      <Link className="ml-link" to={paths.run(decision.runId)}>
        {t('decisions.run', { number: decision.runNumber ?? '' })}
      </Link>{' '}
      {decision.versionMade !== undefined && (
        <Link
          className="ml-link"
          to={paths.version(decision.problem, decision.versionMade)}
        >
          {t('decisions.made', { version: decision.versionMade })}
        </Link>
      )}
    </>
  );
}
