import { ColumnComparison } from '@mlops-portal/plugin-mlops-common';
import { ChartFrame, LegendItem } from '../components';
import { useFormat, useText } from '../hooks';
import { BarPlot } from './BarPlot';
import { equalBars } from './cells';
import { isTime, useValueText } from './useValueText';

/** One column of two versions over their common cells. */
export function Overlay(props: {
  column: ColumnComparison;
  names: [string, string];
  cells: NonNullable<ColumnComparison['cells']>;
}) {
  const { t } = useText();
  const format = useFormat();
  const { column, cells } = props;
  const [before, after] = props.names;
  const label = useCellLabel(column);
  const top = Math.max(...cells.before, ...cells.after, 0) || 1;
  const bars = (shares: number[]) =>
    equalBars(
      cells.labels.map((cell, i) => ({ label: label(cell), value: shares[i] })),
    ).map(bar => ({ ...bar, height: bar.value / top }));
  const percent = (share: number) => format.percent(share, 1);
  return (
    <ChartFrame
      id="overlay"
      title={<bdi>{column.name}</bdi>}
      sub={cells.estimated ? t('data.estimated') : t('data.distribution')}
      axis={t('data.shareAxis')}
      legend={
        <>
          <LegendItem kind="area" colour="var(--ml-ref)">
            {before}
          </LegendItem>
          <LegendItem kind="area" colour="var(--ml-c1)">
            {after}
          </LegendItem>
        </>
      }
      table={{
        columns: [t('data.value'), before, after],
        rows: cells.labels.map((cell, i) => [
          label(cell),
          percent(cells.before[i]),
          percent(cells.after[i]),
        ]),
      }}
    >
      <BarPlot
        series={[
          {
            name: before,
            colour: 'var(--ml-ref)',
            bars: bars(cells.before),
          },
          { name: after, colour: 'var(--ml-c1)', bars: bars(cells.after) },
        ]}
        write={percent}
      />
    </ChartFrame>
  );
}

/** Words of a cell; edges of times come as milliseconds. */
function useCellLabel(column: ColumnComparison) {
  const { t } = useText();
  const value = useValueText();
  const time = isTime(column.types[1] ?? column.types[0] ?? '');
  return (cell: string): string => {
    if (cell === 'missing') return t('data.missing');
    if (cell === 'other') return t('data.other');
    return cell
      .replace(' - ', ' – ')
      .replace(/-?\d+(\.\d+)?(e[+-]?\d+)?/gi, (number, ...rest) => {
        const whole = String(rest.at(-1));
        const edges = /^([<>] )?-?[\d.e+-]+( – -?[\d.e+-]+)?$/i.test(whole);
        return edges ? value(Number(number), time) : number;
      });
  };
}
