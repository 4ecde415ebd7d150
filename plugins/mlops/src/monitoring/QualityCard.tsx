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
import {
  MonitoringView,
  QualityPoint,
} from '@mlops-portal/plugin-mlops-common';
import { Card, ChartFrame, EmptyState, LegendItem, State } from '../components';
import { niceTicks } from '../components/scale';
import { useFormat, useText } from '../hooks';

const AXIS = 52;
const END = 28;
const HEIGHT = 190;

/** Primary metric of the version by window with its interval and the target; label coverage below, counts in the table. */
export function QualityCard(props: { view: MonitoringView }) {
  const { t, metricName, say } = useText();
  const format = useFormat();
  const { view } = props;
  const { qualityMetric } = view;
  if (!qualityMetric) return null;
  const name = metricName(qualityMetric.name);
  const points = view.quality.filter(p => p.metric === qualityMetric.name);
  const title = t('quality.title', { metric: name });
  if (!points.some(p => p.value !== null))
    return (
      <Card title={title} flush>
        <EmptyState title={t('quality.emptyTitle')}>
          {t('quality.emptyText', { endpoint: view.endpoint })}
        </EmptyState>
      </Card>
    );
  const number = (value: number | null) =>
    value === null ? t('common.none') : format.metric(value);
  return (
    <ChartFrame
      id="quality"
      title={title}
      sub={t('quality.sub', {
        version: String(view.version),
        size: t(`monitoring.${view.cell}`),
      })}
      axis={[name, say(`metricHint.${qualityMetric.name}`, {}, '')]
        .filter(Boolean)
        .join(', ')}
      table={{
        columns: [
          t('quality.window'),
          name,
          t('quality.intervalColumn'),
          t('quality.labels'),
          t('quality.predictions'),
          t('quality.coverageColumn'),
          t('quality.meanPrediction'),
          t('quality.meanLabel'),
          t('quality.health'),
        ],
        rows: points.map(p => [
          format.dayMonth(p.window),
          number(p.value),
          p.low === null || p.high === null
            ? t('common.none')
            : `${format.metric(p.low)} – ${format.metric(p.high)}`,
          format.count(p.labels),
          format.count(p.predictions),
          p.coverage === null
            ? t('common.none')
            : format.percent(p.coverage, 1),
          number(p.meanPrediction),
          number(p.meanLabel),
          <State key="health" state={p.health} />,
        ]),
      }}
      legend={
        <>
          <LegendItem kind="line" colour="var(--ml-c1)">
            {t('quality.interval', { metric: name })}
          </LegendItem>
          <LegendItem kind="area" colour="var(--ml-c3)">
            {t('quality.coverage')}
          </LegendItem>
          <LegendItem kind="hatch">{t('monitoring.noLabels')}</LegendItem>
        </>
      }
    >
      <div role="img" aria-label={title}>
        <Plot points={points} target={qualityMetric.target} name={name} />
        <CoverageStrip points={points} />
      </div>
    </ChartFrame>
  );
}

function Plot(props: {
  points: QualityPoint[];
  target: number | null;
  name: string;
}) {
  const { t } = useText();
  const format = useFormat();
  const { points, target } = props;
  const ticks = niceTicks(
    points
      .flatMap(p => [p.value, p.low, p.high])
      .concat(target)
      .filter((v): v is number => v !== null),
  );
  const last = points.reduce((at, p, i) => (p.value === null ? at : i), 0);
  return (
    <ResponsiveContainer width="100%" height={HEIGHT}>
      <ComposedChart
        data={points.map(p => ({
          ...p,
          band: p.low === null || p.high === null ? undefined : [p.low, p.high],
        }))}
        margin={{ top: 20, right: END, bottom: 0, left: 0 }}
        accessibilityLayer={false}
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
        {target !== null && (
          <ReferenceLine
            y={target}
            stroke="var(--ml-bad-line)"
            strokeDasharray="4 3"
            label={{
              value: t('quality.target', { value: format.score(target) }),
              position: 'insideBottomLeft',
              className: 'bad',
            }}
          />
        )}
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
          dot={{ r: 3, fill: 'var(--ml-c1)', stroke: 'none' }}
          label={({ x, y, index, value }) =>
            index === last ? (
              <text
                x={x}
                y={Number(y) - 10}
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
            const p = payload?.[0]?.payload as QualityPoint | undefined;
            if (!active || !p || p.value === null) return null;
            return (
              <div className="ml-plot-hint">
                <b>{format.eventDate(p.window)}</b>
                <div>
                  {props.name} {format.metric(p.value)}
                </div>
                <div className="ml-3">
                  {t('common.n', { n: format.count(p.labels) })}
                </div>
              </div>
            );
          }}
        />
      </ComposedChart>
    </ResponsiveContainer>
  );
}

function CoverageStrip(props: { points: QualityPoint[] }) {
  const { t } = useText();
  const format = useFormat();
  return (
    <div
      className="ml-coverage"
      style={{ paddingInline: `${AXIS + 8}px ${END + 8}px` }}
    >
      {props.points.map(p => (
        <span
          key={p.window}
          className={p.coverage ? undefined : 'ml-hatch'}
          title={`${format.dayMonth(p.window)}: ${t('monitoring.coverageNote', {
            labels: format.count(p.labels),
            predictions: format.count(p.predictions),
          })}`}
        >
          {!!p.coverage && (
            <i style={{ blockSize: `${Math.max(8, p.coverage * 100)}%` }} />
          )}
        </span>
      ))}
    </div>
  );
}
