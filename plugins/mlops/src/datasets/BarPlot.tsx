import { Bar } from './cells';

const WIDTH = 640;
const HEIGHT = 160;
const FOOT = 18;
/** As many labels as stand beside each other without touching. */
const LABELS = 5;

export interface BarSeries {
  name: string;
  colour: string;
  bars: Bar[];
}

/** One or two distributions over the same cells; where there are two they stand side by side within a cell. */
export function BarPlot(props: {
  series: BarSeries[];
  write: (value: number) => string;
}) {
  const { series, write } = props;
  const [first] = series;
  const every = Math.max(1, Math.ceil(first.bars.length / LABELS));
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT + FOOT}`}
      className="ml-bars"
      role="img"
      aria-label={series.map(({ name }) => name).join(', ')}
    >
      <line
        x1="0"
        x2={WIDTH}
        y1={HEIGHT}
        y2={HEIGHT}
        stroke="var(--ml-axis)"
        strokeWidth="0.7"
      />
      {series.flatMap(({ name, bars, colour }, s) =>
        bars.map((bar, i) => {
          const share = bar.width / series.length;
          const height = bar.value
            ? Math.max(1.5, bar.height * (HEIGHT - 6))
            : 0;
          return (
            <rect
              key={`${name} ${i}`}
              x={(bar.start + s * share) * WIDTH + 0.75}
              y={HEIGHT - height}
              width={Math.max(0.8, share * WIDTH - 1.5)}
              height={height}
              fill={colour}
            >
              <title>
                {`${bar.label}: ${write(bar.value)}`}
                {series.length > 1 ? ` (${name})` : ''}
              </title>
            </rect>
          );
        }),
      )}
      {first.bars.map(
        (bar, i) =>
          i % every === 0 && (
            <text
              key={i}
              x={(bar.start + bar.width / 2) * WIDTH}
              y={HEIGHT + 13}
              textAnchor={anchor(bar)}
              className="ml-bars-label"
            >
              {bar.label}
            </text>
          ),
      )}
    </svg>
  );
}

/** Labels at the ends stay inside of the picture. */
function anchor({ start, width }: Bar): 'start' | 'middle' | 'end' {
  const middle = start + width / 2;
  if (middle < 0.12) return 'start';
  return middle > 0.88 ? 'end' : 'middle';
}
