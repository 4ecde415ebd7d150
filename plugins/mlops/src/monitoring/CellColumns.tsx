import { CSSProperties } from 'react';
import { niceTicks } from '../components/scale';
import { useFormat, useText } from '../hooks';
import { DistributionCell, MUCH } from './distributionCell';

/**
 * A distribution over cells of numbers: reference and window stand side by side over each cell, shares and what the cell adds to
 * the score beneath. It is one table, so that it is read by ear in the same order.
 */
export function CellColumns(props: {
  cells: DistributionCell[];
  /** Word of the bound that each cell begins after; of the last one its name, where it holds the missing values. */
  edges: string[];
  missing: boolean;
  /** The whole word, for the hover. */
  name: (label: string) => string;
  window: string;
}) {
  const { t } = useText();
  const format = useFormat();
  const { cells, edges, name, window } = props;
  const ticks = niceTicks([0, ...cells.flatMap(c => [c.reference, c.current])]);
  const top = ticks[ticks.length - 1];
  // Two digits are read at a glance, and columns are narrow; the hover has the share as it is.
  const short = (share: number) =>
    format.number(share * 100, {
      maximumFractionDigits: share * 100 < 9.95 ? 1 : 0,
    });
  // Where missing values have a cell, it is no part of the axis.
  const isBound = (at: number) => at < cells.length - 1 || !props.missing;
  // 0.043 -> .04, as in the heat map.
  const adds = (value: number) => {
    const text = format.number(value, {
      minimumFractionDigits: 2,
      maximumFractionDigits: 2,
    });
    if (value < 0.005) return format.count(0);
    return value < 0.995 ? text.slice(1) : text;
  };
  const rows = [
    {
      name: `${t('panel.reference')}, %`,
      of: (c: DistributionCell) => short(c.reference),
      look: () => 'ml-2',
    },
    {
      name: `${window}, %`,
      of: (c: DistributionCell) => short(c.current),
      look: () => 'ml-strong',
    },
    ...(cells.some(c => c.contribution !== undefined)
      ? [
          {
            name: t('panel.adds'),
            of: (c: DistributionCell) => adds(c.contribution ?? 0),
            look: (c: DistributionCell) =>
              (c.contribution ?? 0) >= MUCH ? 'ml-warn' : 'ml-2',
          },
        ]
      : []),
  ];
  return (
    <div className="ml-columns">
      <div className="ml-columns-axis" aria-hidden="true">
        {ticks.map(tick => (
          <span
            key={tick}
            style={{ '--at': `${(tick / top) * 100}%` } as CSSProperties}
          >
            <i>{format.percent(tick)}</i>
          </span>
        ))}
      </div>
      <table>
        <thead>
          <tr className="bars" aria-hidden="true">
            <td />
            {cells.map(cell => (
              <td key={cell.label} title={titleOf(cell)}>
                <span>
                  {(['reference', 'current'] as const).map(which => (
                    <i
                      key={which}
                      className={which}
                      style={{ blockSize: `${(cell[which] / top) * 100}%` }}
                    />
                  ))}
                </span>
              </td>
            ))}
          </tr>
          <tr>
            <th scope="col">{t('panel.bounds')}</th>
            {cells.map((cell, i) => (
              <th
                key={cell.label}
                scope="col"
                aria-label={name(cell.label)}
                title={name(cell.label)}
              >
                <bdi className={isBound(i) ? 'bound' : undefined}>
                  {edges[i]}
                </bdi>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(row => (
            <tr key={row.name}>
              <th scope="row">{row.name}</th>
              {cells.map(cell => (
                <td key={cell.label} className={row.look(cell)}>
                  {row.of(cell)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );

  function titleOf(cell: DistributionCell): string {
    return `${name(cell.label)}: ${t('panel.reference')} ${format.percent(
      cell.reference,
      1,
    )}, ${window} ${format.percent(cell.current, 1)}${
      cell.contribution === undefined
        ? ''
        : `, ${t('panel.adds')} ${format.metric(cell.contribution)}`
    }`;
  }
}
