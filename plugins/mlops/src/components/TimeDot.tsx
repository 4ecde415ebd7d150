export interface TimePoint {
  /** First day of the window. */
  window: string;
  value: number | null;
  /** Band around the value, an interval, or [0, noise floor]. */
  band?: [number, number];
  /** The window is still open: a hollow mark, no verdict. */
  open?: boolean;
  /** Over the limit: a triangle. */
  over?: boolean;
}

/** Mark of one point: disc, triangle over the limit, hollow while the window is open; alone with its interval as a whisker. */
export function TimeDot(props: {
  cx?: number;
  cy?: number;
  point?: TimePoint;
  /** No neighbour has a value: no band is seen then. */
  alone: boolean;
  /** Pixels of one unit of the axis. */
  perUnit: number;
}) {
  const { cx, cy, point, perUnit } = props;
  if (!point || point.value === null || cx === undefined || cy === undefined)
    return <g />;
  const { value, band, open } = point;
  const mark = point.over ? (
    <path
      d={`M${cx} ${cy - 5}l4.600 8h-9.200z`}
      fill={open ? 'var(--bui-bg-neutral-1)' : 'var(--ml-c2)'}
      stroke={open ? 'var(--ml-c2)' : 'var(--bui-bg-neutral-1)'}
    />
  ) : (
    <circle
      cx={cx}
      cy={cy}
      r={props.alone ? 4 : 3}
      fill={open ? 'var(--bui-bg-neutral-1)' : 'var(--ml-c1)'}
      stroke={open ? 'var(--ml-c1)' : 'var(--bui-bg-neutral-1)'}
      strokeWidth={1.5}
    />
  );
  if (!props.alone || !band) return mark;
  const from = cy + (value - band[0]) * perUnit;
  const to = cy - (band[1] - value) * perUnit;
  return (
    <g>
      <path
        d={`M${cx} ${from}V${to}M${cx - 5} ${from}h10M${cx - 5} ${to}h10`}
        stroke="var(--ml-c1)"
        strokeWidth={1.5}
        fill="none"
      />
      {mark}
    </g>
  );
}
