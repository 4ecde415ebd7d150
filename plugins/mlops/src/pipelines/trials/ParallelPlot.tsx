import { PointerEvent, useRef } from 'react';
import { Trial } from '@mlops-portal/plugin-mlops-common';
import { useFormat, useText } from '../../hooks';
import { Axis, METRIC_AXIS, Ranges, heightOf } from './axes';

const WIDTH = 620;
const TOP = 40;
const HEIGHT = 250;
const BOTTOM = 24;
const EDGE = 52;
const GRIP = 18;
/** A drag shorter than this is a click: it clears the range. */
const SHORTEST = 0.03;

/** Parallel coordinates: a line per trial, the best in orange with discs; ranges are dragged along an axis. */
export function ParallelPlot(props: {
  trials: Trial[];
  kept: Set<number>;
  axes: Axis[];
  metric: string;
  direction: 'maximize' | 'minimize';
  ranges: Ranges;
  onRange: (axis: string, range?: [number, number]) => void;
}) {
  const { t } = useText();
  const { axes, trials } = props;
  const step = (WIDTH - 2 * EDGE) / Math.max(1, axes.length - 1);
  const x = (i: number) => EDGE + i * step;
  const y = (height: number) => TOP + (1 - height) * HEIGHT;
  const line = (trial: Trial) => {
    let pen = 'M';
    return axes
      .map((axis, i) => {
        const height = heightOf(trial, axis);
        if (height === undefined) {
          pen = 'M';
          return '';
        }
        const point = `${pen}${x(i)} ${y(height).toFixed(1)}`;
        pen = 'L';
        return point;
      })
      .join('');
  };
  const merit = (trial: Trial) => {
    const height = heightOf(trial, axes[axes.length - 1]) ?? 0;
    return props.direction === 'maximize' ? height : 1 - height;
  };
  const best = trials.find(trial => trial.best);
  return (
    <svg
      className="ml-plot"
      viewBox={`0 0 ${WIDTH} ${TOP + HEIGHT + BOTTOM}`}
      style={{ inlineSize: '100%', blockSize: 'auto' }}
      role="img"
      aria-label={t('trials.plot')}
    >
      {trials.map(trial => (
        <path
          key={trial.candidate}
          d={line(trial)}
          fill="none"
          stroke="var(--ml-c1)"
          strokeWidth={1.25}
          strokeOpacity={
            props.kept.has(trial.candidate)
              ? 0.25 + 0.6 * merit(trial) ** 2
              : 0.06
          }
        />
      ))}
      {best && (
        <g>
          <path
            d={line(best)}
            fill="none"
            stroke="var(--ml-c2)"
            strokeWidth={2.25}
          />
          {axes.map((axis, i) => {
            const height = heightOf(best, axis);
            return (
              height !== undefined && (
                <circle
                  key={axis.name}
                  cx={x(i)}
                  cy={y(height)}
                  r={4}
                  fill="var(--ml-c2)"
                  stroke="var(--bui-bg-neutral-1)"
                  strokeWidth={1.5}
                />
              )
            );
          })}
        </g>
      )}
      {axes.map((axis, i) => (
        <AxisLine
          key={axis.name}
          axis={axis}
          x={x(i)}
          title={axis.name === METRIC_AXIS ? props.metric : axis.name}
          range={props.ranges[axis.name]}
          onRange={range => props.onRange(axis.name, range)}
        />
      ))}
    </svg>
  );
}

function AxisLine(props: {
  axis: Axis;
  x: number;
  title: string;
  range?: [number, number];
  onRange: (range?: [number, number]) => void;
}) {
  const format = useFormat();
  const { axis, x, range } = props;
  const from = useRef<number>();
  const heightAt = (event: PointerEvent<SVGRectElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    return Math.min(1, Math.max(0, 1 - (event.clientY - box.top) / box.height));
  };
  const end = (at: number) =>
    axis.categories
      ? axis.categories[at]
      : format.number(at, { maximumSignificantDigits: 4 });
  return (
    <g>
      <line
        x1={x}
        x2={x}
        y1={TOP}
        y2={TOP + HEIGHT}
        stroke="var(--bui-border-2)"
      />
      {range && (
        <rect
          x={x - 5}
          width={10}
          y={TOP + (1 - range[1]) * HEIGHT}
          height={Math.max(2, (range[1] - range[0]) * HEIGHT)}
          fill="var(--ml-c1)"
          fillOpacity={0.25}
          stroke="var(--ml-c1)"
        />
      )}
      <text x={x} y={14} textAnchor="middle" className="mid">
        {props.title.length > 16 ? `${props.title.slice(0, 15)}…` : props.title}
        <title>{props.title}</title>
      </text>
      <text x={x} y={30} textAnchor="middle">
        {end(axis.high)}
      </text>
      <text x={x} y={TOP + HEIGHT + 16} textAnchor="middle">
        {end(axis.low)}
      </text>
      <rect
        className="brush"
        x={x - GRIP / 2}
        y={TOP}
        width={GRIP}
        height={HEIGHT}
        fill="transparent"
        onPointerDown={event => {
          event.currentTarget.setPointerCapture?.(event.pointerId);
          from.current = heightAt(event);
        }}
        onPointerMove={event => {
          if (from.current === undefined) return;
          const to = heightAt(event);
          props.onRange([
            Math.min(from.current, to),
            Math.max(from.current, to),
          ]);
        }}
        onPointerUp={event => {
          const to = heightAt(event);
          if (
            from.current !== undefined &&
            Math.abs(to - from.current) < SHORTEST
          )
            props.onRange(undefined);
          from.current = undefined;
        }}
      />
    </g>
  );
}
