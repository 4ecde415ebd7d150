import { useState } from 'react';
import { Button } from '@backstage/ui';
import { LegendItem } from '../components';
import { useFormat, useText } from '../hooks';

export interface DistributionCell {
  label: string;
  /** Shares 0 to 1. */
  reference: number;
  current: number;
  contribution?: number;
}

const FEW = 14;

/** Reference against window over the frozen cells: a pair of bars for each cell, its shares and what it adds to the score beside them. */
export function Distribution(props: {
  cells: DistributionCell[];
  /** First day of the window. */
  window: string;
  kind?: 'number' | 'text';
}) {
  const { t } = useText();
  const format = useFormat();
  const [all, setAll] = useState(false);
  const { cells } = props;
  const window = format.tick(props.window);
  const shown = all || cells.length <= FEW ? cells : mostOf(cells);
  const top = Math.max(...cells.flatMap(c => [c.reference, c.current]), 0.01);
  const most = [...cells].sort(
    (a, b) => (b.contribution ?? 0) - (a.contribution ?? 0),
  )[0];
  const name = (label: string) => {
    if (label === 'missing') return t('panel.missingCell');
    if (label === 'other') return t('panel.other');
    return label.replace('<=', '≤').replace(' - ', ` ${t('panel.to')} `);
  };
  return (
    <div className="ml-drawer-part">
      <div className="ml-row wrap">
        <h3>{t('panel.distribution')}</h3>
        <span className="ml-s12 ml-3">{t('panel.frozen')}</span>
      </div>
      <table className="ml-cells">
        <thead>
          <tr>
            <th scope="col">{t('panel.cell')}</th>
            <th aria-hidden="true" />
            <th scope="col" className="n">
              {t('panel.shareReference')}
            </th>
            <th scope="col" className="n">
              {window}
            </th>
            {most?.contribution !== undefined && (
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
                <i
                  className="reference"
                  style={{ inlineSize: `${(cell.reference / top) * 100}%` }}
                />
                <i
                  className="current"
                  style={{ inlineSize: `${(cell.current / top) * 100}%` }}
                />
              </td>
              <td className="n ml-2">{format.percent(cell.reference, 1)}</td>
              <td className="n">
                <b>{format.percent(cell.current, 1)}</b>
              </td>
              {cell.contribution !== undefined && (
                <td
                  className={`n${cell.contribution >= 0.02 ? ' ml-warn' : ''}`}
                >
                  {format.metric(cell.contribution)}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      <div className="ml-legend">
        <LegendItem kind="area" colour="var(--ml-ref)">
          {t('panel.reference')}
        </LegendItem>
        <LegendItem kind="area" colour="var(--ml-c1)">
          {window}
        </LegendItem>
        {cells.length > FEW && (
          <Button size="small" variant="tertiary" onPress={() => setAll(!all)}>
            {t(all ? 'panel.showFewer' : 'panel.showAll', {
              n: format.count(all ? FEW : cells.length),
            })}
          </Button>
        )}
      </div>
      {most && (most.contribution ?? 0) >= 0.02 && (
        <p className="ml-s12 ml-2">
          {t('panel.most', {
            cell: name(most.label),
            current: format.percent(most.current, 1),
            reference: format.percent(most.reference, 1),
          })}
        </p>
      )}
    </div>
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
