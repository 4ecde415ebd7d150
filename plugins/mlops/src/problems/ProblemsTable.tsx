import { Link } from 'react-router-dom';
import { ProblemSummary, directionOf } from '@mlops-portal/plugin-mlops-common';
import { EntityLink } from '../catalog/EntityLink';
import {
  Age,
  IndexColumn,
  MiniLoop,
  Sparkline,
  State,
  shapeOf,
} from '../components';
import { useFormat, useText } from '../hooks';
import { paths } from '../routes';

/** Columns of a table of problems; `short` leaves out what the home page has no room for. */
export function useProblemColumns(
  short = false,
): IndexColumn<ProblemSummary>[] {
  const { t } = useText();
  const columns: Array<IndexColumn<ProblemSummary> | false> = [
    {
      id: 'problem',
      title: t('problems.problem'),
      csv: p => p.name,
      cell: p => (
        <div>
          <Link to={paths.problem(p.name)} style={{ fontWeight: 500 }}>
            <bdi>{p.title}</bdi>
          </Link>
          {p.title !== p.name && (
            <div className="ml-s11 ml-3">
              <bdi dir="ltr">{p.name}</bdi>
            </div>
          )}
        </div>
      ),
    },
    !short && {
      id: 'owner',
      title: t('problems.owner'),
      csv: p => p.owner,
      cell: p => <EntityLink of={p.owner} />,
    },
    {
      id: 'loop',
      title: t('problems.loop'),
      csv: p => lastOf(p)?.station ?? '',
      cell: p => <LoopReached problem={p} short={short} />,
    },
    {
      id: 'metric',
      title: t('problems.metric'),
      csv: p => p.metric.value,
      cell: p => <MetricCell problem={p} short={short} />,
    },
    !short && {
      id: 'target',
      title: t('problems.target'),
      csv: p => p.metric.target,
      end: true,
      cell: p => <Target problem={p} />,
    },
    {
      id: 'health',
      title: t('problems.health'),
      csv: p => p.health,
      cell: p => <State state={p.health} />,
    },
    !short && {
      id: 'alerts',
      title: t('problems.alerts'),
      csv: p => p.alerts,
      end: true,
      cell: p => <Count value={p.alerts} />,
    },
    !short && {
      id: 'retraining',
      title: t('problems.lastRetraining'),
      csv: p => p.lastRetraining ?? '',
      end: true,
      cell: p =>
        p.lastRetraining ? (
          <Age at={p.lastRetraining} />
        ) : (
          <span className="ml-3">{t('common.never')}</span>
        ),
    },
  ];
  return columns.filter((c): c is IndexColumn<ProblemSummary> => c !== false);
}

/** Last station of the loop that a problem has reached. */
export function lastOf({ stations }: ProblemSummary) {
  const reached = stations.filter(s => s.state !== 'not-reached');
  return reached.at(-1);
}

function LoopReached(props: { problem: ProblemSummary; short: boolean }) {
  const { say } = useText();
  const { stations } = props.problem;
  const last = lastOf(props.problem);
  return (
    <div>
      <MiniLoop stations={stations} />
      {!props.short && last && (
        <div className="ml-s11 ml-3">{say(`station.${last.station}`)}</div>
      )}
    </div>
  );
}

function MetricCell(props: { problem: ProblemSummary; short: boolean }) {
  const { t, metricName } = useText();
  const format = useFormat();
  const { metric, health } = props.problem;
  const name = metricName(metric.name);
  const worse = ['bad', 'warn'].includes(shapeOf(health));
  return (
    <span className="ml-row">
      <span style={{ flex: 'none', inlineSize: props.short ? 48 : 88 }}>
        <Sparkline
          points={metric.points}
          label={name}
          tone={worse ? 'warn' : 'plain'}
        />
      </span>
      <span>
        {name} {metric.value !== null && <b>{format.metric(metric.value)}</b>}
        <div className="ml-s11 ml-3">
          {metric.value === null
            ? t('problems.noProduction')
            : t('common.n', { n: format.count(metric.n) })}
        </div>
      </span>
    </span>
  );
}

function Target(props: { problem: ProblemSummary }) {
  const { t } = useText();
  const format = useFormat();
  const { name, target } = props.problem.metric;
  if (target === null) return <>{t('common.none')}</>;
  const key =
    directionOf(name) === 'maximize' ? 'problems.atLeast' : 'problems.atMost';
  return <>{t(key, { value: format.score(target) })}</>;
}

function Count(props: { value: number }) {
  const format = useFormat();
  return <>{format.count(props.value)}</>;
}
