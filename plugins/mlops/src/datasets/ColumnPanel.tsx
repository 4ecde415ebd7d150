import { ReactNode } from 'react';
import { Link } from 'react-router-dom';
import { DatasetColumn } from '@mlops-portal/plugin-mlops-common';
import { Card, ChartFrame, Facts } from '../components';
import { useFormat, useText } from '../hooks';
import { BarPlot } from './BarPlot';
import { isUneven } from './cells';
import { Change, useColumnText } from './columnText';
import { useBars } from './Histogram';
import { useSelection } from './useSelection';
import { useValueText } from './useValueText';

/** One column large: its distribution with the figures beside it. */
export function ColumnPanel(props: {
  column: DatasetColumn;
  rows: number | null;
}) {
  const { t } = useText();
  const format = useFormat();
  const { column, rows } = props;
  const { linkTo } = useSelection();
  const bars = useBars(column.profile, column.type);
  const close = (
    <Link className="ml-link" to={linkTo({ column: undefined })}>
      {t('data.closeColumn')}
    </Link>
  );
  const title = <bdi>{column.name}</bdi>;
  const facts = <ColumnFacts column={column} rows={rows} />;
  if (!bars.length)
    return (
      <Card title={title} sub={t('data.noDistribution')} acts={close}>
        {facts}
      </Card>
    );
  const uneven =
    column.profile?.histogram && isUneven(column.profile.histogram);
  return (
    <div className="ml-wide">
      <ChartFrame
        id="distribution"
        title={title}
        sub={uneven ? t('data.densityNote') : t('data.distribution')}
        axis={uneven ? undefined : t('data.rowsAxis')}
        acts={close}
        table={{
          columns: [t('data.value'), t('data.rows')],
          rows: bars.map(bar => [bar.label, format.count(bar.value)]),
        }}
      >
        <BarPlot
          series={[{ bars, colour: 'var(--ml-c1)', name: column.name }]}
          write={format.count}
        />
      </ChartFrame>
      <Card title={t('data.facts')}>{facts}</Card>
    </div>
  );
}

function ColumnFacts(props: { column: DatasetColumn; rows: number | null }) {
  const { t, say } = useText();
  const { column, rows } = props;
  const text = useColumnText(rows);
  const value = useValueText();
  const quantiles = Object.entries(column.profile?.quantiles ?? {});
  const told = (
    name: string,
    fact: ReactNode,
  ): [string, ReactNode] | undefined => (fact ? [name, fact] : undefined);
  return (
    <Facts
      items={[
        told(t('data.type'), column.type && <code>{column.type}</code>),
        told(t('data.role'), column.role && say(`role.${column.role}`)),
        told(t('data.change'), column.change && <Change of={column} />),
        told(t('data.nulls'), text.nulls(column)),
        told(t('data.distinct'), text.distinct(column)),
        told(t('data.range'), text.range(column)),
        told(t('data.mean'), text.mean(column)),
        told(
          t('data.quantiles'),
          quantiles.length > 0 &&
            quantiles.map(([share, at]) => (
              <div key={share}>
                {share}: {value(at)}
              </div>
            )),
        ),
        told(t('data.column'), column.description),
      ]}
    />
  );
}
