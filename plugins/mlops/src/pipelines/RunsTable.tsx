import { Link } from 'react-router-dom';
import { Run } from '@mlops-portal/plugin-mlops-common';
import { Actor, Age, DataColumn, State } from '../components';
import { useFormat, useText } from '../hooks';
import { paths } from '../routes';
import { secondsOf } from './duration';

/** Columns of a table of runs; `withPipeline` names the pipeline too. */
export function useRunColumns(withPipeline = false): DataColumn<Run>[] {
  const { t } = useText();
  const format = useFormat();
  return [
    {
      id: 'run',
      title: t('runs.run'),
      cell: run => (
        <Link to={paths.run(run.id)} style={{ fontWeight: 500 }}>
          <bdi dir="ltr">
            {withPipeline && `${run.pipeline} `}#{run.number}
          </bdi>
        </Link>
      ),
    },
    {
      id: 'state',
      title: t('pipelines.state'),
      wrap: true,
      cell: run => <StateCell run={run} />,
    },
    {
      id: 'why',
      title: t('runs.trigger'),
      wrap: true,
      cell: run => <Why run={run} />,
    },
    {
      id: 'commit',
      title: t('runs.commit'),
      wrap: true,
      cell: run => (
        <>
          <code>{run.commit.slice(0, 7)}</code>
          {run.message && <div className="ml-s11 ml-3">{run.message}</div>}
        </>
      ),
    },
    {
      id: 'duration',
      title: t('pipelines.duration'),
      end: true,
      cell: run => {
        const seconds = secondsOf(run);
        return seconds === undefined ? t('common.none') : format.span(seconds);
      },
    },
    {
      id: 'metric',
      title: t('pipelines.metric'),
      end: true,
      cell: run => <MetricCell run={run} />,
    },
    {
      id: 'version',
      title: t('pipelines.version'),
      end: true,
      cell: run =>
        run.versionMade === undefined ? (
          <span className="ml-3">{t('common.none')}</span>
        ) : (
          <Link
            className="ml-link"
            to={paths.version(run.pipeline, run.versionMade)}
          >
            v{run.versionMade}
          </Link>
        ),
    },
    {
      id: 'started',
      title: t('pipelines.started'),
      end: true,
      cell: run => <Age at={run.startedAt ?? run.createdAt} />,
    },
  ];
}

function StateCell(props: { run: Run }) {
  const { run } = props;
  return (
    <>
      <State state={run.state} />
      {run.reason && <div className="ml-s11 ml-2">{run.reason}</div>}
    </>
  );
}

function Why(props: { run: Run }) {
  const { t, say } = useText();
  const { run } = props;
  return (
    <>
      {say(`trigger.${run.trigger}`)}{' '}
      <span className="ml-3">
        <Actor of={run.actor} say={actor => t('runs.by', { actor })} />
      </span>
      {run.because && <div className="ml-s11 ml-3">{run.because}</div>}
    </>
  );
}

function MetricCell(props: { run: Run }) {
  const { t, metricName } = useText();
  const format = useFormat();
  const { metric } = props.run;
  if (!metric) return <span className="ml-3">{t('common.none')}</span>;
  return (
    <>
      <b>{format.metric(metric.value)}</b>{' '}
      <span className="ml-s11 ml-3">{metricName(metric.name)}</span>
    </>
  );
}
