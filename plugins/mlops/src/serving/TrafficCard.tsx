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
  let sub = parts.length ? t('traffic.steady') : undefined;
  if (on)
    sub = t('traffic.canary', {
      version: rollout.version,
      span: format.span((now - Date.parse(rollout.stepSince)) / 1000),
    });
  return (
    <Card
      title={t('traffic.title')}
      sub={sub}
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
      {rollout && rollout.checks.length > 0 && (
        <Checks endpoint={endpoint} rollout={rollout} />
      )}
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
              {r.p50Ms === undefined && r.p95Ms === undefined
                ? t('traffic.noLatency')
                : t('traffic.latency', { p50: ms(r.p50Ms), p95: ms(r.p95Ms) })}
            </span>
            <span className="ml-3">
              <Moment at={r.createdAt} />
            </span>
          </li>
        ))}
    </ul>
  );
}

type Place = 'done' | 'here' | 'next' | 'later' | 'ended';
const STEP_STATES: Record<Place, string> = {
  done: 'succeeded',
  here: 'running',
  next: 'waiting',
  later: 'waiting',
  ended: 'skipped',
};

function Steps(props: { rollout: Rollout }) {
  const { t } = useText();
  const format = useFormat();
  const { rollout } = props;
  return (
    <ol className="ml-rollout" aria-label={t('traffic.steps')}>
      {rollout.steps.map((step, i) => {
        const place = placeOf(rollout, i);
        const reached = place === 'done' || place === 'here';
        return (
          <li
            key={step}
            className={reached ? 'on' : undefined}
            aria-current={place === 'here' ? 'step' : undefined}
          >
            <span className="ml-row">
              <StateShape
                state={
                  place === 'here' && rollout.state !== 'running'
                    ? rollout.state
                    : STEP_STATES[place]
                }
              />
              <b className="ml-num">{format.percent(step / 100)}</b>
            </span>
            <span className="ml-s12 ml-2">
              {place === 'here'
                ? t('traffic.since', { time: format.moment(rollout.stepSince) })
                : t(`traffic.${place}`)}
            </span>
          </li>
        );
      })}
    </ol>
  );
}

/** Where a step stands in its rollout; in one that is over, a step that was not reached has ended. */
function placeOf(rollout: Rollout, i: number): Place {
  if (i < rollout.at) return 'done';
  if (rollout.state === 'finished') return i === rollout.at ? 'done' : 'ended';
  if (rollout.state === 'rolled-back') return 'ended';
  if (i === rollout.at) return 'here';
  return i === rollout.at + 1 ? 'next' : 'later';
}

/** Verdicts as they stand, or, once the rollout is over, as they stood at its last decision. */
function Checks(props: { endpoint: EndpointDetail; rollout: Rollout }) {
  const { t } = useText();
  const format = useFormat();
  const { rollout } = props;
  const back = props.endpoint.changes.find(
    ({ what }) => what === 'rollback' || what === 'auto-rollback',
  );
  const titles: Partial<Record<Rollout['state'], string>> = {
    finished: t('traffic.checksLast', {
      time: format.moment(rollout.stepSince),
    }),
    'rolled-back': t('traffic.checksBack', {
      time: format.moment(back?.at ?? rollout.stepSince),
    }),
  };
  return (
    <div className="ml-scroll">
      <table className="ml-table stack">
        <thead>
          <tr>
            <th scope="col">{titles[rollout.state] ?? t('traffic.checks')}</th>
            <th scope="col">{t('traffic.verdict')}</th>
            <th scope="col">{t('traffic.detail')}</th>
          </tr>
        </thead>
        <tbody>
          {rollout.checks.map(check => (
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
