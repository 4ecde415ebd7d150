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
  const { histogram, min, max } = column;
  if (!rule) return histogram.map(() => false);
  const limit = Number(rule.threshold);
  const numeric = column.kind === 'number' && Number.isFinite(limit);
  if (!numeric) return histogram.map(c => c.label === rule.threshold.trim());
  const width = (Number(max) - Number(min)) / histogram.length;
  return histogram.map((_, i) =>
    COMPARE[rule.operator](Number(min) + (i + 0.5) * width, limit),
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
  const limit = Number(rule?.threshold);
  const [min, max] = [Number(column.min), Number(column.max)];
  const inside =
    column.kind === 'number' &&
    rule &&
    rule.threshold.trim() !== '' &&
    limit >= min &&
    limit <= max;
  const x = inside ? ((limit - min) / (max - min)) * WIDTH : 0;
  const share =
    props.positiveShare === undefined
      ? ''
      : t('outcome.positiveMark', {
          share: format.percent(props.positiveShare, 1),
        });
  const label = `${t('outcome.plot', { column: column.name })}: ${cells
    .map(c => `${c.label}: ${format.count(c.count)}`)
    .join(', ')}. ${share}`;
  const ends = [0, Math.floor(cells.length / 2), cells.length - 1];
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
      {inside && (
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
      {ends.map(i => (
        <text
          key={i}
          x={i * step + (i === cells.length - 1 ? step : 0)}
          y={HEIGHT - 12}
          textAnchor={i === cells.length - 1 ? 'end' : 'start'}
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
