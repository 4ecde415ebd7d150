import { ReactNode } from 'react';
import { RiLineChartLine, RiTableLine } from '@remixicon/react';
import { Button } from '@backstage/ui';
import { useQueryState, useText } from '../hooks';
import { Card } from './Card';
import { ScrollBox } from './ScrollBox';

export interface PlotTable {
  columns: string[];
  /** One row per point; the first cell names it. */
  rows: Array<Array<ReactNode>>;
}

/** Card of a plot: the title says what is drawn, "Table" replaces it by the same numbers and keeps that in the URL. */
export function ChartFrame(props: {
  /** Name in the URL: ?<id>=table */
  id: string;
  title: ReactNode;
  sub?: ReactNode;
  /** Title of the vertical axis with its unit. */
  axis?: string;
  acts?: ReactNode;
  legend?: ReactNode;
  table: PlotTable;
  children: ReactNode;
}) {
  const { t } = useText();
  const [view, setView] = useQueryState(props.id, 'plot');
  const asTable = view === 'table';
  const acts = (
    <>
      {props.acts}
      <Button
        size="small"
        variant="tertiary"
        aria-pressed={asTable}
        iconStart={
          asTable ? <RiLineChartLine size={16} /> : <RiTableLine size={16} />
        }
        onPress={() => setView(asTable ? 'plot' : 'table')}
      >
        {t(asTable ? 'common.plot' : 'common.table')}
      </Button>
    </>
  );
  return (
    <Card title={props.title} sub={props.sub} acts={acts} flush>
      {asTable ? (
        <PlainTable {...props.table} />
      ) : (
        <>
          {props.axis && <div className="ml-axis-title">{props.axis}</div>}
          <div className="ml-plot">{props.children}</div>
          {props.legend && <div className="ml-legend">{props.legend}</div>}
        </>
      )}
    </Card>
  );
}

/** Plain table of values: first column names the row, the others are figures. */
export function PlainTable(props: PlotTable & { label?: string }) {
  return (
    <ScrollBox label={props.label}>
      <table className="ml-table" aria-label={props.label}>
        <thead>
          <tr>
            {props.columns.map((column, i) => (
              <th key={column} scope="col" className={i ? 'n' : undefined}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row, r) => (
            <tr key={r}>
              {row.map((cell, i) =>
                i === 0 ? (
                  <th key={i} scope="row">
                    {cell}
                  </th>
                ) : (
                  <td key={i} className="n">
                    {cell}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}

/** Entry of a legend: a swatch and its meaning in words. */
export function LegendItem(props: {
  kind: 'line' | 'dash' | 'area' | 'hatch';
  colour?: string;
  children: ReactNode;
}) {
  const { kind, colour } = props;
  const look = {
    line: { shape: 'line', style: { borderColor: colour } },
    dash: { shape: 'dash', style: { borderColor: colour } },
    area: { shape: '', style: { background: colour } },
    hatch: { shape: 'ml-hatch', style: undefined },
  }[kind];
  return (
    <span>
      <i className={`ml-swatch ${look.shape}`} style={look.style} />
      {props.children}
    </span>
  );
}
