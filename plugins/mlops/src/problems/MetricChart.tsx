import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { ProblemDetail } from '@mlops-portal/plugin-mlops-common';
import { ChartFrame, EmptyState, Card, LegendItem } from '../components';
import { niceTicks } from '../components/scale';
import { useFormat, useText } from '../hooks';

const AXIS = 52;
const END = 28;
const HEIGHT = 232;

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
      <div role="img" aria-label={title}>
        <Plot problem={props.problem} />
        <Coverage series={series} />
      </div>
    </ChartFrame>
  );
}

function Plot(props: { problem: ProblemDetail }) {
  const { t, metricName } = useText();
  const format = useFormat();
  const { metricSeries, metric, versionMarks } = props.problem;
  const data = metricSeries.map(p => ({
    ...p,
    band: p.low === null || p.high === null ? undefined : [p.low, p.high],
  }));
  const ticks = ticksOf(props.problem);
  const last = data.reduce<number>(
    (at, p, i) => (p.value === null ? at : i),
    0,
  );
  return (
    <ResponsiveContainer width="100%" height={HEIGHT}>
      <ComposedChart
        data={data}
        margin={{ top: 30, right: END, bottom: 0, left: 0 }}
        accessibilityLayer
      >
        <CartesianGrid vertical={false} stroke="var(--ml-grid)" />
        <XAxis
          dataKey="window"
          tickFormatter={format.tick}
          tickLine={false}
          axisLine={false}
          minTickGap={36}
          padding={{ left: 12, right: 12 }}
        />
        <YAxis
          width={AXIS}
          domain={[ticks[0], ticks[ticks.length - 1]]}
          ticks={ticks}
          tickFormatter={format.score}
          tickLine={false}
          axisLine={false}
        />
        {metric.target !== null && (
          <ReferenceLine
            y={metric.target}
            stroke="var(--ml-bad-line)"
            strokeDasharray="4 3"
            label={{
              value: t('problem.targetLine', {
                value: format.score(metric.target),
              }),
              position: 'insideBottomLeft',
              className: 'bad',
            }}
          />
        )}
        {versionMarks.map(mark => (
          <ReferenceLine
            key={`${mark.version}-${mark.window}`}
            x={mark.window}
            stroke="var(--bui-border-2)"
            strokeDasharray="4 3"
            label={<Flag text={`v${mark.version}`} />}
          />
        ))}
        <Area
          dataKey="band"
          fill="var(--ml-c1)"
          fillOpacity={0.15}
          stroke="none"
          isAnimationActive={false}
          activeDot={false}
        />
        <Line
          dataKey="value"
          stroke="var(--ml-c1)"
          strokeWidth={1.75}
          isAnimationActive={false}
          dot={{
            r: 3,
            fill: 'var(--ml-c1)',
            stroke: 'var(--bui-bg-neutral-1)',
            strokeWidth: 1.5,
          }}
          label={({ x, y, index, value }) =>
            index === last ? (
              <text
                x={x}
                y={Number(y) - 12}
                textAnchor="middle"
                className="strong"
              >
                {format.metric(Number(value))}
              </text>
            ) : (
              <g />
            )
          }
        />
        <Tooltip
          content={({ active, payload }) => {
            const p = payload?.[0]?.payload as
              | (typeof data)[number]
              | undefined;
            if (!active || !p || p.value === null) return null;
            return (
              <div className="ml-plot-hint">
                <b>{format.eventDate(p.window)}</b>
                <div>
                  {metricName(metric.name)} {format.metric(p.value)}
                  {p.version !== null && `, v${p.version}`}
                </div>
                <div className="ml-3">
                  {t('common.n', { n: format.count(p.n) })}
                </div>
              </div>
            );
          }}
        />
      </ComposedChart>
    </ResponsiveContainer>
  );
}

function Coverage(props: { series: ProblemDetail['metricSeries'] }) {
  const format = useFormat();
  const { t } = useText();
  return (
    <div
      className="ml-coverage"
      style={{ paddingInline: `${AXIS + 8}px ${END + 8}px` }}
    >
      {props.series.map(p => (
        <span
          key={p.window}
          className={p.coverage ? undefined : 'ml-hatch'}
          title={`${format.dayMonth(p.window)}: ${t('problem.coverage')} ${
            p.coverage === null ? t('common.none') : format.percent(p.coverage)
          }`}
        >
          {!!p.coverage && (
            <i style={{ blockSize: `${Math.max(8, p.coverage * 100)}%` }} />
          )}
        </span>
      ))}
    </div>
  );
}

function ticksOf(problem: ProblemDetail): number[] {
  const values = problem.metricSeries
    .flatMap(p => [p.value, p.low, p.high])
    .concat(problem.metric.target)
    .filter((v): v is number => v !== null);
  return niceTicks(values);
}

/** Flag of a version at the top of its mark. */
function Flag(props: { viewBox?: { x?: number; y?: number }; text: string }) {
  const { x = 0, y = 0 } = props.viewBox ?? {};
  return (
    <g transform={`translate(${x + 2} ${y - 20})`}>
      <rect width={28} height={16} rx={4} fill="var(--bui-bg-neutral-3)" />
      <text x={14} y={12} textAnchor="middle" className="mid">
        {props.text}
      </text>
    </g>
  );
}
