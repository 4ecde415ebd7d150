import { Card, ChartFrame, EmptyState } from '../../components';
import { useFormat, useText } from '../../hooks';
import { Compared, ComparedMetric, metricsOf } from './compared';

const WIDTH = 380;
const ROW = 44;
const NAME = 128;
const END = 30;
const COLOURS = [
  'var(--ml-ref)',
  'var(--ml-c1)',
  'var(--ml-c3)',
  'var(--ml-c2)',
  'var(--ml-c4)',
];

/** Each metric on a scale of its own, with a mark of its own shape and the number of the run for each run. */
export function MetricDots({ all }: { all: Compared[] }) {
  const { t, metricName } = useText();
  const format = useFormat();
  const metrics = metricsOf(all);
  const names = all.map(({ run }) => `#${run.number}`);
  if (!metrics.length)
    return (
      <Card title={t('compareRuns.dots')} flush>
        <EmptyState title={t('compareRuns.noMetrics')}>
          {t('compareRuns.noMetricsText')}
        </EmptyState>
      </Card>
    );
  return (
    <ChartFrame
      id="metrics"
      title={t('compareRuns.dots')}
      sub={t('compareRuns.dotsSub')}
      table={{
        columns: [t('model.metric'), ...names],
        rows: metrics.map(({ name, values }) => [
          metricName(name),
          ...values.map(value =>
            value === undefined ? t('common.none') : format.metric(value),
          ),
        ]),
      }}
      legend={names.map((name, i) => (
        <span key={name}>
          <svg width={12} height={12} aria-hidden>
            <Mark x={6} y={6} at={i} />
          </svg>
          {name}
        </span>
      ))}
    >
      <svg
        className="ml-plot"
        viewBox={`0 0 ${WIDTH} ${metrics.length * ROW + 4}`}
        style={{
          inlineSize: '100%',
          blockSize: 'auto',
          maxInlineSize: 480,
          paddingInline: 12,
        }}
        role="img"
        aria-label={t('compareRuns.dots')}
      >
        {metrics.map((metric, i) => (
          <Row
            key={metric.name}
            metric={metric}
            names={names}
            y={i * ROW + 24}
          />
        ))}
      </svg>
    </ChartFrame>
  );
}

function Row(props: { metric: ComparedMetric; names: string[]; y: number }) {
  const { t, metricName } = useText();
  const format = useFormat();
  const { metric, names, y } = props;
  const known = metric.values.filter(value => value !== undefined);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const place = (value: number) =>
    high === low ? 0.5 : (value - low) / (high - low);
  const x = (value: number) => NAME + place(value) * (WIDTH - NAME - END);
  const ends = high === low ? [low] : [low, high];
  return (
    <g>
      <title>
        {`${metricName(metric.name)}: ${metric.values
          .map(
            (value, i) =>
              `${names[i]} ${
                value === undefined ? t('common.none') : format.metric(value)
              }`,
          )
          .join(', ')}`}
      </title>
      <text x={0} y={y - 1} className="mid">
        {metricName(metric.name)}
      </text>
      <text x={0} y={y + 12}>
        {t(`direction.${metric.direction}`)}
      </text>
      <line className="grid" x1={NAME} x2={WIDTH - END} y1={y} y2={y} />
      {ends.map(value => (
        <text key={value} x={x(value)} y={y + 18} textAnchor="middle">
          {format.metric(value)}
        </text>
      ))}
      {metric.values.map((value, i) =>
        value === undefined ? null : (
          <g key={names[i]}>
            <Mark x={x(value)} y={y} at={i} />
            <text x={x(value)} y={y - 9} textAnchor="middle" className="mid">
              {names[i]}
            </text>
          </g>
        ),
      )}
    </g>
  );
}

/** Disc, square, triangle, diamond, ring: runs are told apart without their colours. */
function Mark(props: { x: number; y: number; at: number }) {
  const { x, y, at } = props;
  const fill = COLOURS[at];
  if (at === 0) return <circle cx={x} cy={y} r={4} fill={fill} />;
  if (at === 1)
    return <rect x={x - 4} y={y - 4} width={8} height={8} fill={fill} />;
  if (at === 2) return <path d={`M${x} ${y - 5}l5 9h-10z`} fill={fill} />;
  if (at === 3)
    return <path d={`M${x} ${y - 5}l5 5l-5 5l-5 -5z`} fill={fill} />;
  return (
    <circle cx={x} cy={y} r={3.5} fill="none" stroke={fill} strokeWidth={2} />
  );
}
