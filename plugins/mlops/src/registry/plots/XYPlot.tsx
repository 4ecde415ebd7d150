import { useFormat } from '../../hooks';
import { guidePlace, Place } from './guidePlace';

export interface XYSeries {
  name: string;
  points: Array<[number, number]>;
  /** Role in the comparison: decides colour, dash and marker. */
  role: 'first' | 'second' | 'third' | 'guide';
  markers?: boolean;
}

const WIDTH = 340;
const HEIGHT = 250;
const PAD = { start: 44, end: 22, top: 8, bottom: 40 };
const COLOURS = {
  first: 'var(--ml-c1)',
  second: 'var(--ml-ref)',
  third: 'var(--ml-c3)',
  guide: 'var(--ml-ref)',
};

/** Lines over two axes of shares (0 to `max`); each line carries its name at its end, and a marker shape of its own. */
export function XYPlot(props: {
  series: XYSeries[];
  xTitle: string;
  label: string;
  max?: number;
}) {
  const format = useFormat();
  const max = props.max ?? 1;
  const x = (v: number) =>
    PAD.start + (v / max) * (WIDTH - PAD.start - PAD.end);
  const y = (v: number) =>
    HEIGHT - PAD.bottom - (v / max) * (HEIGHT - PAD.top - PAD.bottom);
  const place = guidePlace(
    props.series.filter(s => s.role !== 'guide').map(s => s.points),
    max,
  );
  const ticks = [0, 0.25, 0.5, 0.75, 1].map(share => share * max);
  return (
    <svg
      className="ml-plot"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      style={{ inlineSize: '100%', blockSize: 'auto', maxInlineSize: 440 }}
      role="img"
      aria-label={props.label}
    >
      {ticks.map(tick => (
        <g key={tick}>
          <line
            className="grid"
            x1={x(0)}
            x2={x(max)}
            y1={y(tick)}
            y2={y(tick)}
          />
          <text x={PAD.start - 6} y={y(tick) + 4} textAnchor="end">
            {format.percent(tick)}
          </text>
          <text x={x(tick)} y={HEIGHT - PAD.bottom + 15} textAnchor="middle">
            {format.percent(tick)}
          </text>
        </g>
      ))}
      <text
        x={(x(0) + x(max)) / 2}
        y={HEIGHT - 6}
        textAnchor="middle"
        className="mid"
      >
        {props.xTitle}
      </text>
      {props.series.map((series, at) => (
        <Line
          key={series.name}
          series={series}
          at={at}
          of={props.series.length}
          max={max}
          place={place}
          x={x}
          y={y}
        />
      ))}
    </svg>
  );
}

function Line(props: {
  series: XYSeries;
  at: number;
  of: number;
  max: number;
  /** Of the name of a guide. */
  place: Place;
  x: (v: number) => number;
  y: (v: number) => number;
}) {
  const { series, x, y } = props;
  const { role, points } = series;
  const colour = COLOURS[role];
  const guide = role === 'guide';
  const path = points
    .map(([a, b], i) => `${i ? 'L' : 'M'}${x(a).toFixed(1)} ${y(b).toFixed(1)}`)
    .join('');
  return (
    <g>
      <path
        d={path}
        fill="none"
        stroke={colour}
        strokeWidth={guide ? 1.25 : 1.75}
        strokeDasharray={guide || role === 'third' ? '4 3' : undefined}
        strokeLinejoin="round"
      />
      {series.markers &&
        points.map(([a, b]) =>
          role === 'first' ? (
            <rect
              key={a}
              x={x(a) - 3}
              y={y(b) - 3}
              width={6}
              height={6}
              fill={colour}
              stroke="var(--bui-bg-neutral-1)"
            />
          ) : (
            <circle
              key={a}
              cx={x(a)}
              cy={y(b)}
              r={3.2}
              fill={colour}
              stroke="var(--bui-bg-neutral-1)"
            />
          ),
        )}
      {guide ? (
        <text
          x={x(props.max * props.place.x)}
          y={y(props.max * props.place.y)}
          textAnchor={props.place.anchor}
        >
          {series.name}
        </text>
      ) : (
        <text
          x={WIDTH - PAD.end - 4}
          y={HEIGHT - PAD.bottom - 12 - 18 * (props.of - 1 - props.at)}
          textAnchor="end"
          style={{
            fill: role === 'second' ? 'var(--bui-fg-secondary)' : colour,
            fontWeight: 600,
          }}
        >
          {series.name}
        </text>
      )}
    </g>
  );
}
