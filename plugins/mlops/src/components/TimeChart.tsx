import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceArea,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { ReactNode } from 'react';
import { useFormat } from '../hooks';
import { TimeDot, TimePoint } from './TimeDot';
import { niceTicks } from './scale';

const TOP = 30;
const X_AXIS = 30;

/**
 * One figure by window: line with its band, target or limit as a dashed line, flags of versions, windows that drifted shaded, the
 * last value written at its point. A point without neighbours shows its interval as a whisker, so that it is not lost.
 */
export function TimeChart(props: {
  /** What is drawn, for screen readers; the table beside it has the values. */
  label: string;
  points: TimePoint[];
  /** Dashed line with its words. */
  line?: { value: number; label: string };
  /** Versions at the window from which they answer. */
  marks?: Array<{ window: string; label: string }>;
  /** Windows to shade. */
  shaded?: string[];
  /** What the band is: an interval in the colour of the line, or the noise floor in grey. */
  band?: 'interval' | 'floor';
  /** Numbers that the axis must cover. */
  covers?: number[];
  /** Value in words, at the last point. */
  write: (value: number) => string;
  /** Below the date of a point. */
  hint: (at: number) => ReactNode;
  height?: number;
  axis?: number;
  end?: number;
  /** Below the plot, aligned with its windows: label coverage. */
  children?: ReactNode;
}) {
  const format = useFormat();
  const { points, line, marks = [], band = 'interval' } = props;
  const { height = 214, axis = 52, end = 28 } = props;
  const ticks = niceTicks(
    points
      .flatMap(p => [p.value, ...(p.band ?? [])])
      .concat(props.covers ?? [], line ? [line.value] : [])
      .filter((v): v is number => v !== null),
    4,
  );
  const low = ticks[0];
  const high = ticks[ticks.length - 1];
  const perUnit = (height - TOP - X_AXIS) / (high - low || 1);
  const known = (at: number) => typeof points[at]?.value === 'number';
  const last = points.reduce((found, _, at) => (known(at) ? at : found), -1);
  const colour = band === 'floor' ? 'var(--ml-ref)' : 'var(--ml-c1)';
  return (
    <div role="img" aria-label={props.label}>
      <ResponsiveContainer width="100%" height={height}>
        <ComposedChart
          data={points}
          margin={{ top: TOP, right: end, bottom: 0, left: 0 }}
          accessibilityLayer={false}
        >
          <CartesianGrid vertical={false} stroke="var(--ml-grid)" />
          <XAxis
            dataKey="window"
            scale="band"
            height={X_AXIS}
            tickFormatter={format.tick}
            tickLine={false}
            axisLine={false}
            minTickGap={28}
          />
          <YAxis
            width={axis}
            domain={[low, high]}
            ticks={ticks}
            tickFormatter={value =>
              band === 'interval'
                ? format.score(value)
                : format.number(value, { maximumFractionDigits: 2 })
            }
            tickLine={false}
            axisLine={false}
          />
          {props.shaded?.map(window => (
            <ReferenceArea
              key={window}
              x1={window}
              x2={window}
              fill="var(--ml-c2)"
              fillOpacity={0.12}
              strokeOpacity={0}
            />
          ))}
          <Area
            dataKey="band"
            fill={colour}
            fillOpacity={band === 'floor' ? 0.22 : 0.15}
            stroke="none"
            isAnimationActive={false}
            activeDot={false}
          />
          {line && (
            <ReferenceLine
              y={line.value}
              stroke="var(--ml-bad-line)"
              strokeDasharray="4 3"
              label={{
                value: line.label,
                position: 'insideBottomLeft',
                className: 'bad',
              }}
            />
          )}
          {marks
            .filter(({ window }) => points.some(p => p.window === window))
            .map(mark => (
              <ReferenceLine
                key={`${mark.label}-${mark.window}`}
                x={mark.window}
                position="start"
                stroke="var(--ml-axis)"
                strokeDasharray="4 3"
                label={<Flag text={mark.label} />}
              />
            ))}
          <Line
            dataKey="value"
            stroke="var(--ml-c1)"
            strokeWidth={1.75}
            isAnimationActive={false}
            activeDot={false}
            dot={({ cx, cy, index }) => (
              <TimeDot
                key={index}
                cx={cx}
                cy={cy}
                point={points[index]}
                alone={
                  band === 'interval' && !known(index - 1) && !known(index + 1)
                }
                perUnit={perUnit}
              />
            )}
            label={({ x, y, index, value }) =>
              index === last ? (
                <text
                  x={x}
                  y={Number(y) - 12}
                  textAnchor="middle"
                  className="strong"
                >
                  {props.write(Number(value))}
                </text>
              ) : (
                <g />
              )
            }
          />
          <Tooltip
            content={({ active, payload }) => {
              const window = (payload?.[0]?.payload as TimePoint | undefined)
                ?.window;
              const at = points.findIndex(p => p.window === window);
              if (!active || !known(at)) return null;
              return (
                <div className="ml-plot-hint">
                  <b>{format.eventDate(points[at].window)}</b>
                  {props.hint(at)}
                </div>
              );
            }}
          />
        </ComposedChart>
      </ResponsiveContainer>
      {props.children && (
        <div
          className="ml-coverage"
          style={{ marginInline: `${axis}px ${end}px` }}
        >
          {props.children}
        </div>
      )}
    </div>
  );
}

/** Flag of a version at the top of its mark. */
function Flag(props: { viewBox?: { x?: number; y?: number }; text: string }) {
  const { x = 0, y = 0 } = props.viewBox ?? {};
  const width = 12 + 7 * props.text.length;
  return (
    <g transform={`translate(${x + 2} ${y - 20})`}>
      <rect width={width} height={16} rx={4} fill="var(--bui-bg-neutral-3)" />
      <text x={width / 2} y={12} textAnchor="middle" className="mid">
        {props.text}
      </text>
    </g>
  );
}
