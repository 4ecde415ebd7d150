export interface MiniBar {
  /** 0 to 1 from start to end. */
  start: number;
  width: number;
  /** 0 to 1. */
  height: number;
  colour: string;
}

/** A cell with any row is seen. */
const LEAST = 1.5;

/** A distribution the size of a word: bars over one line, read aloud by its label. Bars of height 0 hold nothing and are not drawn. */
export function MiniBars(props: {
  label: string;
  bars: MiniBar[];
  /** Pixels. */
  size: { width: number; height: number; gap: number };
}) {
  const { label, bars } = props;
  const { width, height, gap } = props.size;
  return (
    <svg
      className="ml-plot"
      width={width}
      height={height}
      role="img"
      aria-label={label}
    >
      <title>{label}</title>
      {bars.map((bar, i) => {
        const tall = bar.height
          ? Math.max(LEAST, bar.height * (height - 1))
          : 0;
        return (
          <rect
            key={i}
            x={bar.start * width}
            y={height - 1 - tall}
            width={Math.max(0.6, bar.width * width - gap)}
            height={tall}
            fill={bar.colour}
          />
        );
      })}
      <line
        x1="0"
        x2={width}
        y1={height - 0.5}
        y2={height - 0.5}
        stroke="var(--ml-grid)"
      />
    </svg>
  );
}
