import { ColumnProfile } from '@mlops-portal/plugin-mlops-common';
import { useFormat } from '../hooks';
import { useWords } from './useWords';

const WIDTH = 320;
const HEIGHT = 120;
const BASE = 92;
const TOP = 18;

const COMPARE: Record<string, (value: number, limit: number) => boolean> = {
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '==': (a, b) => a === b,
};

/** Cells of the histogram that the rule calls positive: numbers by the middle of the cell, labels by equality. */
function positiveCells(
  column: ColumnProfile,
  rule: { operator: string; threshold: string } | undefined,
): boolean[] {
  const { histogram } = column;
  if (!rule) return histogram.map(() => false);
  const limit = Number(rule.threshold);
  return histogram.map(({ label, from, to }) =>
    from === undefined || to === undefined
      ? label === rule.threshold.trim()
      : COMPARE[rule.operator]((from + to) / 2, limit),
  );
}

/** Where a number stands among the cells, 0 to 1 from start to end; undefined outside of them. */
function placeOf(cells: ColumnProfile['histogram'], value: number) {
  const at = cells.findIndex(
    ({ from, to }) =>
      from !== undefined && to !== undefined && value >= from && value <= to,
  );
  const { from = 0, to = 0 } = cells[at] ?? {};
  return at < 0
    ? undefined
    : (at + (value - from) / (to - from)) / cells.length;
}

/** Bounds of cells that are written beneath: round numbers, never at the ends, where a cell may hold outliers. */
function boundsOf(cells: ColumnProfile['histogram']) {
  const every = Math.max(1, Math.round(cells.length / 4));
  return cells.flatMap(({ from }, i) =>
    i > 0 && i % every === 0 && from !== undefined && i < cells.length
      ? [{ at: i / cells.length, value: from }]
      : [],
  );
}

/** The distribution of the target with what the rule calls positive in colour. */
export function TargetPlot(props: {
  column: ColumnProfile;
  rule?: { operator: string; threshold: string };
  positiveShare?: number;
}) {
  const t = useWords();
  const format = useFormat();
  const { column, rule } = props;
  const cells = column.histogram;
  if (!cells.length) return null;
  const positive = positiveCells(column, rule);
  const most = Math.max(...cells.map(c => c.count), 1);
  const step = WIDTH / cells.length;
  const place = rule?.threshold.trim()
    ? placeOf(cells, Number(rule.threshold))
    : undefined;
  const x = (place ?? 0) * WIDTH;
  const share =
    props.positiveShare === undefined
      ? ''
      : t('outcome.positiveMark', {
          share: format.percent(props.positiveShare, 1),
        });
  const label = `${t('outcome.plot', { column: column.name })}: ${cells
    .map(c => `${c.label}: ${format.count(c.count)}`)
    .join(', ')}. ${share}`;
  const bounds = boundsOf(cells);
  return (
    <svg
      className="ml-plot ml-new-target"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={label}
    >
      <title>{label}</title>
      {cells.map((cell, i) => {
        const height = Math.max(1, (cell.count / most) * (BASE - TOP));
        return (
          <rect
            key={i}
            x={i * step + 1}
            y={BASE - height}
            width={step - 2}
            height={height}
            fill={positive[i] ? 'var(--ml-c2)' : 'var(--ml-ref)'}
          />
        );
      })}
      <path d={`M0 ${BASE + 0.5}H${WIDTH}`} stroke="var(--ml-grid)" />
      {place !== undefined && (
        <>
          <path
            d={`M${x} 2V${BASE}`}
            stroke="var(--ml-c2)"
            strokeWidth="1.5"
            strokeDasharray="4 3"
          />
          <text
            x={x > WIDTH * 0.6 ? x - 5 : x + 5}
            y="11"
            textAnchor={x > WIDTH * 0.6 ? 'end' : 'start'}
            className="ml-new-mark"
          >
            {share}
          </text>
        </>
      )}
      {bounds.map(({ at, value }) => (
        <text
          key={at}
          x={at * WIDTH}
          y={HEIGHT - 12}
          textAnchor="middle"
          className="ml-new-axis"
        >
          {format.number(value, { maximumSignificantDigits: 4 })}
        </text>
      ))}
      {!bounds.length &&
        [0, cells.length - 1].map(i => (
          <text
            key={i}
            x={i ? WIDTH : 0}
            y={HEIGHT - 12}
            textAnchor={i ? 'end' : 'start'}
            className="ml-new-axis"
          >
            {cells[i].label.length > 12
              ? `${cells[i].label.slice(0, 11)}…`
              : cells[i].label}
          </text>
        ))}
    </svg>
  );
}
