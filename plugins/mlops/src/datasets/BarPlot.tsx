import { Bar } from './cells';

const WIDTH = 640;
const HEIGHT = 160;
const FOOT = 18;
/** Width of a letter of a label; labels keep a gap of three of them. */
const LETTER = 8;

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
  const labelled = labelledBars(first.bars);
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
      {labelled.map(({ bar, x }) => (
        <text
          key={bar.label}
          x={x}
          y={HEIGHT + 13}
          textAnchor="middle"
          className="ml-bars-label"
        >
          {bar.label}
        </text>
      ))}
    </svg>
  );
}

/** Labels from start to end that neither touch the one before nor leave the picture. */
function labelledBars(bars: Bar[]): Array<{ bar: Bar; x: number }> {
  let free = 0;
  return bars.flatMap(bar => {
    const half = (bar.label.length * LETTER) / 2;
    const middle = (bar.start + bar.width / 2) * WIDTH;
    const x = Math.min(Math.max(middle, half), WIDTH - half);
    if (x - half < free) return [];
    free = x + half + 3 * LETTER;
    return [{ bar, x }];
  });
}
