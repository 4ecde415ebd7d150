import { useFormat, useText } from '../hooks';

const WIDTH = 84;
const HEIGHT = 22;
const EDGE = 3;
/** Values that lie closer together than this share of themselves are drawn nearly flat. */
const SMALLEST_SPAN = 0.05;

/** Small line of the last values; gaps stay gaps. Read aloud as first, last and number of values. */
export function Sparkline(props: {
  points: Array<number | null>;
  label: string;
  /** Values that the height covers at least, such as 0 and a limit. */
  covers?: number[];
  tone?: 'plain' | 'warn';
}) {
  const { t } = useText();
  const format = useFormat();
  const known = props.points.filter((p): p is number => p !== null);
  if (known.length < 2) return <span className="ml-3">{t('common.none')}</span>;
  const { low, span } = heightOf([...known, ...(props.covers ?? [])]);
  const step = (WIDTH - 2 * EDGE) / (props.points.length - 1);
  const at = (value: number, i: number): [number, number] => [
    EDGE + i * step,
    HEIGHT - EDGE - ((value - low) / span) * (HEIGHT - 2 * EDGE),
  ];
  let pen = 'M';
  const path = props.points
    .map((value, i) => {
      if (value === null) {
        pen = 'M';
        return '';
      }
      const [x, y] = at(value, i);
      const command = `${pen}${x.toFixed(1)} ${y.toFixed(1)}`;
      pen = 'L';
      return command;
    })
    .join('');
  const last = props.points.reduce<number>(
    (found, p, i) => (p === null ? found : i),
    0,
  );
  const [cx, cy] = at(props.points[last] as number, last);
  const colour = props.tone === 'warn' ? 'var(--ml-c2)' : 'var(--ml-c1)';
  const label = `${props.label}: ${format.metric(known[0])} → ${format.metric(
    known[known.length - 1],
  )} (${t('common.n', { n: format.count(known.length) })})`;
  return (
    <svg
      className="ml-plot ml-spark"
      width={WIDTH}
      height={HEIGHT}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      <title>{label}</title>
      <path
        d={path}
        fill="none"
        stroke={colour}
        strokeWidth="1.5"
        strokeLinejoin="round"
        strokeLinecap="round"
      />
      <circle cx={cx} cy={cy} r="2.2" fill={colour} />
    </svg>
  );
}

/** Lower end and extent of the height: a small change stays small to the eye. */
export function heightOf(values: number[]): { low: number; span: number } {
  const least = Math.min(...values);
  const most = Math.max(...values);
  const size = Math.max(Math.abs(least), Math.abs(most));
  const span = Math.max(most - least, size * SMALLEST_SPAN) || 1;
  return { low: (least + most - span) / 2, span };
}
