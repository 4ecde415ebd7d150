import { VersionDetail } from '@mlops-portal/plugin-mlops-common';
import { ChartFrame, EmptyState, Card } from '../../components';
import { niceTicks } from '../../components/scale';
import { useFormat, useText } from '../../hooks';

const ROW = 22;
const NAME = 150;
const WIDTH = 380;
const COUNT = 62;
const TOP = 20;

/** The primary metric by slice: disc = the version, square = the baseline on the same rows; n at the end. */
export function SliceCard(props: { version: VersionDetail }) {
  const { t, metricName } = useText();
  const format = useFormat();
  const { slices, primary } = props.version;
  const known = slices.filter(s => s.metric !== null);
  const metric = primary ? metricName(primary.name) : '';
  if (!known.length)
    return (
      <Card title={t('version.slices')} flush>
        <EmptyState title={t('version.noSlices')} />
      </Card>
    );
  const values = known.flatMap(s => [
    s.metric as number,
    s.baseline ?? (s.metric as number),
  ]);
  const ticks = niceTicks(values, 3);
  const [low, high] = [ticks[0], ticks[ticks.length - 1]];
  const x = (v: number) =>
    NAME + ((v - low) / (high - low || 1)) * (WIDTH - NAME - COUNT - 12);
  const height = TOP + known.length * ROW + 22;
  return (
    <ChartFrame
      id="slices"
      title={t('version.slices')}
      sub={t('version.slicesSub', { metric })}
      table={{
        columns: [t('version.slice'), metric, t('version.baseline'), 'n'],
        rows: slices.map(s => [
          `${s.column} = ${s.value}`,
          s.metric === null ? t('common.none') : format.metric(s.metric),
          s.baseline === null || s.baseline === undefined
            ? t('common.none')
            : format.metric(s.baseline),
          format.count(s.n),
        ]),
      }}
    >
      <svg
        className="ml-plot"
        viewBox={`0 0 ${WIDTH} ${height}`}
        style={{
          inlineSize: '100%',
          blockSize: 'auto',
          maxInlineSize: 480,
          paddingInline: 12,
        }}
        role="img"
        aria-label={t('version.slices')}
      >
        {ticks.map(tick => (
          <g key={tick}>
            <line
              className="grid"
              x1={x(tick)}
              x2={x(tick)}
              y1={TOP - 6}
              y2={height - 18}
            />
            <text x={x(tick)} y={height - 4} textAnchor="middle">
              {format.score(tick)}
            </text>
          </g>
        ))}
        <text x={WIDTH} y={10} textAnchor="end">
          n
        </text>
        {known.map((slice, i) => {
          const y = TOP + i * ROW + 8;
          const name = `${slice.column} ${slice.value}`;
          return (
            <g key={name}>
              <title>{`${name}: ${format.metric(
                slice.metric as number,
              )}`}</title>
              <text x={0} y={y + 4} className="mid">
                {name.length > 24 ? `${name.slice(0, 23)}…` : name}
              </text>
              {typeof slice.baseline === 'number' && (
                <>
                  <line
                    x1={x(slice.baseline)}
                    x2={x(slice.metric as number)}
                    y1={y}
                    y2={y}
                    stroke="var(--ml-c1)"
                    strokeWidth={1.5}
                  />
                  <rect
                    x={x(slice.baseline) - 3.5}
                    y={y - 3.5}
                    width={7}
                    height={7}
                    fill="var(--ml-ref)"
                  />
                </>
              )}
              <circle
                cx={x(slice.metric as number)}
                cy={y}
                r={4}
                fill="var(--ml-c1)"
              />
              <text x={WIDTH} y={y + 4} textAnchor="end">
                {format.count(slice.n)}
              </text>
            </g>
          );
        })}
      </svg>
    </ChartFrame>
  );
}
