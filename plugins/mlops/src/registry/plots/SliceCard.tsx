import { VersionDetail } from '@mlops-portal/plugin-mlops-common';
import { ChartFrame, EmptyState, Card } from '../../components';
import { niceTicks } from '../../components/scale';
import { useFormat, useText } from '../../hooks';
import { SliceRow, sliceRows } from './sliceRows';

const ROW = 22;
const NAME = 150;
const WIDTH = 380;
const COUNT = 62;
const TOP = 20;
const COLOURS = ['var(--ml-c1)', 'var(--ml-ref)', 'var(--ml-c3)'];

/** The primary metric by slice: a mark for each version (the first a disc) with its interval where n allows one, beside the baseline; n at the end. */
export function SliceCard(props: { versions: VersionDetail[] }) {
  const { t, metricName } = useText();
  const format = useFormat();
  const { versions } = props;
  const primary = versions[0]?.primary;
  const rows = sliceRows(versions);
  const metric = primary ? metricName(primary.name) : '';
  if (!rows.length)
    return (
      <Card title={t('version.slices')} flush>
        <EmptyState title={t('version.noSlices')} />
      </Card>
    );
  const single = versions.length === 1;
  const names = versions.map(v => `v${v.version}`);
  const write = (value?: number | null) =>
    typeof value === 'number' ? format.metric(value) : t('common.none');
  return (
    <ChartFrame
      id="slices"
      title={t('version.slices')}
      sub={
        single
          ? t('version.slicesSub', { metric })
          : t('version.slicesOf', { metric, versions: names.join(', ') })
      }
      table={{
        columns: [
          t('version.slice'),
          ...names.map(name => (single ? metric : `${metric} ${name}`)),
          t('version.baseline'),
          ...(single ? ['n'] : names.map(name => `n ${name}`)),
        ],
        rows: rows.map(row => [
          row.name,
          ...row.marks.map(mark => write(mark?.value)),
          write(row.baseline),
          ...row.marks.map(mark => (mark ? format.count(mark.n) : '')),
        ]),
      }}
    >
      <Plot rows={rows} names={names} />
    </ChartFrame>
  );
}

function Plot(props: { rows: SliceRow[]; names: string[] }) {
  const { t } = useText();
  const format = useFormat();
  const { rows } = props;
  const values = rows.flatMap(row => [
    ...row.marks.flatMap(m =>
      m ? [m.value - (m.half ?? 0), m.value + (m.half ?? 0)] : [],
    ),
    ...(row.baseline === undefined ? [] : [row.baseline]),
  ]);
  const ticks = niceTicks(values, 3);
  const [low, high] = [ticks[0], ticks[ticks.length - 1]];
  const x = (v: number) =>
    NAME + ((v - low) / (high - low || 1)) * (WIDTH - NAME - COUNT - 12);
  const height = TOP + rows.length * ROW + 22;
  return (
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
      {rows.map((row, i) => (
        <Row key={row.name} {...props} row={row} x={x} y={TOP + i * ROW + 8} />
      ))}
    </svg>
  );
}

function Row(props: {
  row: SliceRow;
  names: string[];
  x: (value: number) => number;
  y: number;
}) {
  const format = useFormat();
  const { row, names, x, y } = props;
  const many = row.marks.length > 1;
  return (
    <g>
      <title>
        {row.marks
          .map((mark, i) =>
            mark
              ? `${row.name} ${names[i]}: ${format.metric(mark.value)}${
                  mark.half === undefined
                    ? ''
                    : ` ± ${format.metric(mark.half)}`
                }`
              : '',
          )
          .filter(Boolean)
          .join(', ')}
      </title>
      <text x={0} y={y + 4} className="mid">
        {row.name.length > 24 ? `${row.name.slice(0, 23)}…` : row.name}
      </text>
      {row.baseline !== undefined && (
        <line
          x1={x(row.baseline)}
          x2={x(row.baseline)}
          y1={y - 5}
          y2={y + 5}
          stroke="var(--ml-ref)"
          strokeWidth={2}
          strokeDasharray="2 2"
        />
      )}
      {row.marks.map((mark, i) => {
        if (!mark) return null;
        const at = many ? y + (i - (row.marks.length - 1) / 2) * 6 : y;
        const colour = COLOURS[i] ?? COLOURS[2];
        return (
          <g key={names[i]}>
            {mark.half !== undefined && (
              <line
                x1={x(mark.value - mark.half)}
                x2={x(mark.value + mark.half)}
                y1={at}
                y2={at}
                stroke={colour}
                strokeWidth={1.5}
              />
            )}
            {i === 0 ? (
              <circle cx={x(mark.value)} cy={at} r={3.5} fill={colour} />
            ) : (
              <rect
                x={x(mark.value) - 3}
                y={at - 3}
                width={6}
                height={6}
                fill={colour}
              />
            )}
          </g>
        );
      })}
      <text x={WIDTH} y={y + 4} textAnchor="end">
        {format.count(row.marks.find(Boolean)?.n ?? 0)}
      </text>
    </g>
  );
}
