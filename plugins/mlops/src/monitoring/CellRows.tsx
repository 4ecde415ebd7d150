import { useState } from 'react';
import { Button } from '@backstage/ui';
import { useFormat, useText } from '../hooks';
import { DistributionCell, MUCH } from './distributionCell';

const FEW = 14;

/** A distribution over words: a pair of bars for each, its shares and what it adds to the score beside them; those that add most first shown. */
export function CellRows(props: {
  cells: DistributionCell[];
  name: (label: string) => string;
  window: string;
}) {
  const { t } = useText();
  const format = useFormat();
  const [all, setAll] = useState(false);
  const { cells, name } = props;
  const shown = all || cells.length <= FEW ? cells : mostOf(cells);
  const top = Math.max(...cells.flatMap(c => [c.reference, c.current]), 0.01);
  const judged = cells.some(c => c.contribution !== undefined);
  return (
    <>
      <table className="ml-cells">
        <thead>
          <tr>
            <th scope="col">{t('panel.cell')}</th>
            <th aria-hidden="true" />
            <th scope="col" className="n">
              {t('panel.shareReference')}
            </th>
            <th scope="col" className="n">
              {props.window}
            </th>
            {judged && (
              <th scope="col" className="n">
                {t('panel.adds')}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {shown.map(cell => (
            <tr key={cell.label}>
              <th scope="row">
                <bdi dir="ltr" title={cell.label}>
                  {name(cell.label)}
                </bdi>
              </th>
              <td className="bars" aria-hidden="true">
                {(['reference', 'current'] as const).map(which => (
                  <i
                    key={which}
                    className={which}
                    style={{ inlineSize: `${(cell[which] / top) * 100}%` }}
                  />
                ))}
              </td>
              <td className="n ml-2">{format.percent(cell.reference, 1)}</td>
              <td className="n">
                <b>{format.percent(cell.current, 1)}</b>
              </td>
              {cell.contribution !== undefined && (
                <td
                  className={`n${cell.contribution >= MUCH ? ' ml-warn' : ''}`}
                >
                  {format.metric(cell.contribution)}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {cells.length > FEW && (
        <div>
          <Button size="small" variant="tertiary" onPress={() => setAll(!all)}>
            {t(all ? 'panel.showFewer' : 'panel.showAll', {
              n: format.count(all ? FEW : cells.length),
            })}
          </Button>
        </div>
      )}
    </>
  );
}

/** The cells that add most to the score, in their own order. */
function mostOf(cells: DistributionCell[]): DistributionCell[] {
  const kept = new Set(
    [...cells]
      .sort(
        (a, b) =>
          Math.abs(b.contribution ?? b.current - b.reference) -
          Math.abs(a.contribution ?? a.current - a.reference),
      )
      .slice(0, FEW),
  );
  return cells.filter(cell => kept.has(cell));
}
