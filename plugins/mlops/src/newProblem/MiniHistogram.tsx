import { ColumnProfile } from '@mlops-portal/plugin-mlops-common';
import { MiniBars } from '../components';
import { useFormat } from '../hooks';
import { useWords } from './useWords';

const SIZE = { width: 90, height: 26 };
/** Fewer bars than that do not fill the width. */
const FEW = 4;
const MANY = 12;

/** The bars of a column with its range or its most frequent value beneath. */
export function MiniHistogram(props: { column: ColumnProfile; rows: number }) {
  const t = useWords();
  const format = useFormat();
  const { column, rows } = props;
  const cells = column.histogram;
  if (!cells.length) return <span className="ml-3">–</span>;
  const most = Math.max(...cells.map(c => c.count), 1);
  const step = 1 / Math.max(cells.length, FEW);
  const label = t('columns.histogram', {
    column: column.name,
    values: cells.map(c => `${c.label}: ${format.count(c.count)}`).join(', '),
  });
  return (
    <>
      <MiniBars
        label={label}
        size={{ ...SIZE, gap: cells.length > MANY ? 1 : 1.5 }}
        bars={cells.map(({ count }, i) => ({
          start: i * step,
          width: step,
          height: count / most,
          colour: column.kind === 'text' ? 'var(--ml-c3)' : 'var(--ml-c1)',
        }))}
      />
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
