import { LegendItem } from '../components';
import { useFormat, useText } from '../hooks';
import { CellColumns } from './CellColumns';
import { CellRows } from './CellRows';
import { edgesOf } from './cellEdges';
import { boundsInWords, DistributionCell, MUCH } from './distributionCell';

const MISSING = 'missing';

/** Reference against window over the frozen cells: columns over an axis where the cells are numbers, a row for each where they are words. */
export function Distribution(props: {
  cells: DistributionCell[];
  /** First day of the window. */
  window: string;
}) {
  const { t } = useText();
  const format = useFormat();
  const { cells } = props;
  const window = format.tick(props.window);
  const edges = useEdges(cells);
  const most = [...cells].sort(
    (a, b) => (b.contribution ?? 0) - (a.contribution ?? 0),
  )[0];
  const name = (label: string) => {
    if (label === MISSING) return t('panel.missingCell');
    if (label === 'other') return t('panel.other');
    return boundsInWords(label, t('panel.to'));
  };
  const shared = { cells, name, window };
  return (
    <div className="ml-drawer-part">
      <div className="ml-row wrap">
        <h3>{t('panel.distribution')}</h3>
        <span className="ml-s12 ml-3">{t('panel.frozen')}</span>
      </div>
      {edges ? (
        <CellColumns
          {...shared}
          edges={edges}
          missing={cells.at(-1)?.label === MISSING}
        />
      ) : (
        <CellRows {...shared} />
      )}
      <div className="ml-legend">
        <LegendItem kind="area" colour="var(--ml-ref)">
          {t('panel.reference')}
        </LegendItem>
        <LegendItem kind="area" colour="var(--ml-c1)">
          {window}
        </LegendItem>
      </div>
      {most && (most.contribution ?? 0) >= MUCH && (
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

/** Words under the columns of cells of numbers, the cell of missing values last; undefined where the cells are words. */
function useEdges(cells: DistributionCell[]): string[] | undefined {
  const { t } = useText();
  const format = useFormat();
  const last = cells.at(-1)?.label === MISSING;
  const labels = cells.map(({ label }) => label);
  const edges = edgesOf(last ? labels.slice(0, -1) : labels, (value, digits) =>
    format
      .number(value, {
        notation: 'compact',
        maximumSignificantDigits: Math.max(
          digits,
          Math.min(3, String(Math.trunc(Math.abs(value))).length),
        ),
      })
      .replace('-', '−'),
  );
  return edges && last ? [...edges, t('panel.missingShort')] : edges;
}
