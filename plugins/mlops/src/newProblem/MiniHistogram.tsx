import { ColumnProfile } from '@mlops-portal/plugin-mlops-common';
import { useFormat } from '../hooks';
import { useWords } from './useWords';

const WIDTH = 90;
const HEIGHT = 26;

/** The bars of a column with its range or its most frequent value beneath. */
export function MiniHistogram(props: { column: ColumnProfile; rows: number }) {
  const t = useWords();
  const format = useFormat();
  const { column, rows } = props;
  const cells = column.histogram;
  if (!cells.length) return <span className="ml-3">–</span>;
  const most = Math.max(...cells.map(c => c.count), 1);
  const step = WIDTH / Math.max(cells.length, 4);
  const label = t('columns.histogram', {
    column: column.name,
    values: cells.map(c => `${c.label}: ${format.count(c.count)}`).join(', '),
  });
  return (
    <>
      <svg
        className="ml-plot"
        width={WIDTH}
        height={HEIGHT}
        role="img"
        aria-label={label}
      >
        <title>{label}</title>
        {cells.map((cell, i) => {
          const height = Math.max(1, (cell.count / most) * HEIGHT);
          return (
            <rect
              key={i}
              x={i * step}
              y={HEIGHT - height}
              width={Math.max(1, step - (cells.length > 12 ? 1 : 1.5))}
              height={height}
              rx="1"
              fill={column.kind === 'text' ? 'var(--ml-c3)' : 'var(--ml-c1)'}
            />
          );
        })}
      </svg>
      <span className="ml-new-range">
        <bdi dir="ltr">
          {column.min !== null && column.max !== null && column.kind !== 'text'
            ? t('columns.range', {
                min: shorten(column.min),
                max: shorten(column.max),
              })
            : t('columns.top', {
                value: shorten(cells[0].label),
                share: format.percent(cells[0].count / Math.max(rows, 1), 1),
              })}
        </bdi>
      </span>
    </>
  );
}

/** Dates without seconds and zone, long texts cut. */
function shorten(value: string): string {
  const date = /^\d{4}-\d{2}-\d{2}/.exec(value);
  if (date) return date[0];
  return value.length > 14 ? `${value.slice(0, 13)}…` : value;
}
