import { ProblemDetail } from '@mlops-portal/plugin-mlops-common';
import { ChartFrame, EmptyState, Card, LegendItem } from '../components';
import { CoverageBars } from '../components/CoverageBars';
import { TimeChart } from '../components/TimeChart';
import { useFormat, useText } from '../hooks';

/** Primary metric in production over time, with its interval, the target, the marks of versions, and label coverage below. */
export function MetricChart(props: { problem: ProblemDetail }) {
  const { t, metricName, say } = useText();
  const format = useFormat();
  const { metricSeries: series, metric } = props.problem;
  const name = metricName(metric.name);
  const title = t('problem.metricTitle', { metric: name });
  const known = series.filter(p => p.value !== null);
  if (!known.length) {
    return (
      <Card title={title} flush>
        <EmptyState title={t('problem.noMetricTitle')}>
          {t('problem.noMetricText')}
        </EmptyState>
      </Card>
    );
  }
  const hint = say(`metricHint.${metric.name}`, {}, '');
  const n = known.reduce((sum, p) => sum + p.n, 0) / known.length;
  return (
    <ChartFrame
      id="metric"
      title={title}
      sub={t('problem.metricSub')}
      axis={hint ? t('problem.metricAxis', { metric: name, hint }) : name}
      table={{
        columns: [
          t('problem.window'),
          name,
          t('problem.interval95'),
          t('problem.coverage'),
          'n',
          t('problem.version'),
        ],
        rows: series.map(p => [
          format.dayMonth(p.window),
          p.value === null ? t('problem.noLabels') : format.metric(p.value),
          p.low === null || p.high === null
            ? t('common.none')
            : `${format.metric(p.low)} – ${format.metric(p.high)}`,
          p.coverage === null ? t('common.none') : format.percent(p.coverage),
          format.count(p.n),
          p.version === null ? t('common.none') : `v${p.version}`,
        ]),
      }}
      legend={
        <>
          <LegendItem kind="line" colour="var(--ml-c1)">
            {t('problem.interval', { metric: name })}
          </LegendItem>
          <LegendItem kind="area" colour="var(--ml-c3)">
            {t('problem.coverage')}
          </LegendItem>
          <LegendItem kind="hatch">{t('problem.noLabels')}</LegendItem>
          <span className="ml-push">
            {t('problem.nWindow', { n: format.count(n) })}
          </span>
        </>
      }
    >
      <TimeChart
        label={title}
        points={series.map(p => ({
          window: p.window,
          value: p.value,
          ...(p.low === null || p.high === null
            ? {}
            : { band: [p.low, p.high] }),
        }))}
        line={
          metric.target === null
            ? undefined
            : {
                value: metric.target,
                label: t('problem.targetLine', {
                  value: format.score(metric.target),
                }),
              }
        }
        marks={props.problem.versionMarks.map(({ version, window }) => ({
          window,
          label: `v${version}`,
        }))}
        write={format.metric}
        hint={at => (
          <>
            <div>
              {name} {format.metric(series[at].value!)}
              {series[at].version !== null && `, v${series[at].version}`}
            </div>
            <div className="ml-3">
              {t('common.n', { n: format.count(series[at].n) })}
            </div>
          </>
        )}
      >
        <CoverageBars points={series} />
      </TimeChart>
    </ChartFrame>
  );
}
