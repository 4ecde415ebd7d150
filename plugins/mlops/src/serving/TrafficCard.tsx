import { Link } from 'react-router-dom';
import { EndpointDetail, Rollout } from '@mlops-portal/plugin-mlops-common';
import {
  Card,
  EmptyState,
  Moment,
  SplitBar,
  State,
  StateShape,
} from '../components';
import { useFormat, useNow, useText } from '../hooks';
import { paths } from '../routes';
import { partsOf } from './parts';
import { TrafficActs, WaitsLine } from './TrafficActs';

/** How traffic is split, where the rollout stands, and which checks take it back. */
export function TrafficCard(props: {
  endpoint: EndpointDetail;
  onChanged: () => void;
}) {
  const now = useNow();
  const { t } = useText();
  const format = useFormat();
  const { endpoint } = props;
  const { rollout } = endpoint;
  const parts = partsOf(endpoint);
  const on =
    rollout?.state === 'running' || rollout?.state === 'waiting-for-approval';
  return (
    <Card
      title={t('traffic.title')}
      sub={
        on
          ? t('traffic.canary', {
              version: rollout.version,
              span: format.span((now - Date.parse(rollout.stepSince)) / 1000),
            })
          : parts.length
          ? t('traffic.steady')
          : undefined
      }
      acts={<TrafficActs endpoint={endpoint} onChanged={props.onChanged} />}
      flush
    >
      <div className="ml-traffic">
        {parts.length ? (
          <SplitBar parts={parts} tall />
        ) : (
          <EmptyState title={t('traffic.none')} />
        )}
        <Counts endpoint={endpoint} />
        <WaitsLine endpoint={endpoint} />
        {rollout && rollout.steps.length > 1 && <Steps rollout={rollout} />}
      </div>
      {rollout && rollout.checks.length > 0 && <Checks rollout={rollout} />}
    </Card>
  );
}

function Counts(props: { endpoint: EndpointDetail }) {
  const { t } = useText();
  const format = useFormat();
  const ms = (value?: number) =>
    value === undefined
      ? t('common.none')
      : format.number(value, { maximumFractionDigits: 1 });
  return (
    <ul className="ml-counts ml-s12 ml-2">
      {props.endpoint.revisions
        .filter(r => r.percent > 0 || r.state === 'starting')
        .map(r => (
          <li key={r.id}>
            <StateShape state={r.state} />
            <Link
              className="ml-link"
              to={paths.version(r.model, r.version)}
              title={r.reason}
            >
              {t('traffic.requests', {
                version: r.version,
                n: format.count(r.requests),
                errors: format.count(r.errors),
              })}
            </Link>
            <span>
              {t('traffic.latency', { p50: ms(r.p50Ms), p95: ms(r.p95Ms) })}
            </span>
            <span className="ml-3">
              <Moment at={r.createdAt} />
            </span>
          </li>
        ))}
    </ul>
  );
}

function Steps(props: { rollout: Rollout }) {
  const { t } = useText();
  const format = useFormat();
  const { rollout } = props;
  const on =
    rollout.state === 'running' || rollout.state === 'waiting-for-approval';
  return (
    <ol className="ml-rollout" aria-label={t('traffic.steps')}>
      {rollout.steps.map((step, i) => {
        const done =
          i < rollout.at || (rollout.state === 'finished' && i <= rollout.at);
        const here = on && i === rollout.at;
        const state = done
          ? 'succeeded'
          : here
          ? rollout.state === 'running'
            ? 'running'
            : 'waiting-for-approval'
          : on
          ? 'waiting'
          : 'skipped';
        const words = done
          ? t('traffic.done')
          : here
          ? t('traffic.since', { time: format.moment(rollout.stepSince) })
          : !on
          ? t('traffic.ended')
          : t(i === rollout.at + 1 ? 'traffic.next' : 'traffic.later');
        return (
          <li
            key={step}
            className={done || here ? 'on' : undefined}
            aria-current={here ? 'step' : undefined}
          >
            <span className="ml-row">
              <StateShape state={state} />
              <b className="ml-num">{format.percent(step / 100)}</b>
            </span>
            <span className="ml-s12 ml-2">{words}</span>
          </li>
        );
      })}
    </ol>
  );
}

function Checks(props: { rollout: Rollout }) {
  const { t } = useText();
  return (
    <div className="ml-scroll">
      <table className="ml-table">
        <thead>
          <tr>
            <th scope="col">{t('traffic.checks')}</th>
            <th scope="col">{t('traffic.verdict')}</th>
            <th scope="col">{t('traffic.detail')}</th>
          </tr>
        </thead>
        <tbody>
          {props.rollout.checks.map(check => (
            <tr key={check.condition}>
              <th scope="row">{check.condition}</th>
              <td>
                <State state={check.state} />
              </td>
              <td className="ml-2">{check.detail || t('common.none')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
