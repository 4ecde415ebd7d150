import {
  CSSProperties,
  KeyboardEvent,
  RefObject,
  useEffect,
  useRef,
  useState,
} from 'react';
import {
  FeatureScores,
  MonitoringView,
} from '@mlops-portal/plugin-mlops-common';
import { ChartFrame } from '../components';
import { useFormat, useText } from '../hooks';
import { moveCell } from './heat';
import { HeatCell } from './HeatCell';
import { HeatLegend } from './HeatLegend';
import { Selection } from './useSelection';
import { WindowHead } from './WindowHead';

/** The newest judged window and the open one after it. */
const NEWEST = 2;

interface HeatProps {
  view: MonitoringView;
  /** In the order of the rows. */
  features: FeatureScores[];
  selection: Selection;
  onSelect: (next: Selection) => void;
}

/** Drift by feature and window as a grid: one cell has the focus, arrow keys move it, Enter opens the panel. */
export function HeatMap(props: HeatProps) {
  const { t } = useText();
  const format = useFormat();
  const { view, features } = props;
  const size = t(`monitoring.${view.cell}`);
  return (
    <ChartFrame
      id="heat"
      title={t('heat.title', { size })}
      sub={t('heat.sub')}
      legend={<HeatLegend view={view} />}
      table={{
        columns: [t('heat.feature'), ...view.windows.map(format.tick)],
        rows: features.map(feature => [
          feature.feature,
          ...view.windows.map(window => {
            const found = feature.scores.find(s => s.window === window);
            return found?.score === null || found === undefined
              ? t('common.none')
              : format.score(found.score);
          }),
        ]),
      }}
    >
      <Grid {...props} />
      <p className="ml-s12 ml-3 ml-heat-foot">{t('heat.foot')}</p>
    </ChartFrame>
  );
}

function Grid(props: HeatProps) {
  const { t } = useText();
  const { view, features, selection, onSelect } = props;
  const { windows } = view;
  const periods = new Map(view.periods.map(each => [each.window, each]));
  const chosen = {
    row: features.findIndex(f => f.feature === selection.feature),
    column: windows.indexOf(selection.window ?? ''),
  };
  const [at, setAt] = useState({
    row: Math.max(0, chosen.row),
    column: chosen.column < 0 ? windows.length - 1 : chosen.column,
  });
  const box = useRef<HTMLDivElement>(null);
  const focus = {
    row: Math.min(at.row, features.length - 1),
    column: Math.min(at.column, windows.length - 1),
  };
  useNewestInView(box, focus.column >= windows.length - NEWEST);
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      onSelect({
        feature: features[focus.row].feature,
        window: windows[focus.column],
      });
      return;
    }
    const next = moveCell(focus, event, {
      rows: features.length,
      columns: windows.length,
    });
    if (!next) return;
    event.preventDefault();
    setAt(next);
    box.current
      ?.querySelector<HTMLElement>(`[data-cell="${next.row}-${next.column}"]`)
      ?.focus();
  };
  return (
    <div className="ml-scroll ml-heat-box" ref={box}>
      <table
        role="grid"
        className="ml-heat"
        style={{ '--ml-windows': windows.length } as CSSProperties}
        aria-label={t('heat.label')}
        onKeyDown={onKey}
      >
        <thead>
          <tr>
            <th scope="col">
              {t('heat.from', { size: t(`monitoring.cell.${view.cell}`) })}
            </th>
            {windows.map(window => (
              <WindowHead
                key={window}
                window={window}
                period={periods.get(window)}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          {features.map((feature, row) => (
            <tr
              key={feature.feature}
              className={feature.role === 'prediction' ? 'prediction' : ''}
            >
              <th scope="row">
                <code>{feature.feature}</code>{' '}
                {feature.role === 'prediction' && (
                  <span className="ml-tag">{t('heat.prediction')}</span>
                )}
              </th>
              {windows.map((window, column) => (
                <HeatCell
                  key={window}
                  feature={feature.feature}
                  window={window}
                  score={feature.scores.find(s => s.window === window)}
                  period={periods.get(window)}
                  view={view}
                  name={`${row}-${column}`}
                  tabIndex={
                    row === focus.row && column === focus.column ? 0 : -1
                  }
                  selected={row === chosen.row && column === chosen.column}
                  onSelect={() => {
                    setAt({ row, column });
                    onSelect({ feature: feature.feature, window });
                  }}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Keeps the newest windows, which one comes for, in view while the box changes its width. */
function useNewestInView(box: RefObject<HTMLDivElement>, newest: boolean) {
  useEffect(() => {
    const element = box.current;
    if (!element || !newest) return undefined;
    const toEnd = () => {
      element.scrollLeft = element.scrollWidth;
    };
    toEnd();
    if (typeof ResizeObserver === 'undefined') return undefined;
    const observer = new ResizeObserver(toEnd);
    observer.observe(element);
    return () => observer.disconnect();
  }, [box, newest]);
}
