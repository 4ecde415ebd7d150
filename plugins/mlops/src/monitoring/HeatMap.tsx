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
  Period,
  Score,
} from '@mlops-portal/plugin-mlops-common';
import { ChartFrame } from '../components';
import { useFormat, useText } from '../hooks';
import { HeatStep, isOver, moveCell, stepOf } from './heat';
import { Selection } from './useSelection';
import { useStepWord } from './useStepWord';
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
      legend={<Legend view={view} />}
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

function HeatCell(props: {
  feature: string;
  window: string;
  score?: Score;
  period?: Period;
  view: MonitoringView;
  name: string;
  tabIndex: number;
  selected: boolean;
  onSelect: () => void;
}) {
  const { t } = useText();
  const format = useFormat();
  const { score, view, period } = props;
  const word = useStepWord(view);
  const step = stepOf(score, view.limit);
  const value = score?.score ?? null;
  const days = {
    days: format.count(period?.days ?? 0),
    ofDays: format.count(period?.ofDays ?? 0),
  };
  const judgement = () => {
    if (score?.partial)
      return t('heat.partial', { size: t(`monitoring.${view.cell}`) });
    return score?.open && step !== 'none' ? '' : word(step);
  };
  const words = [
    // An open window has a score and no verdict: no word of the limit.
    judgement(),
    score?.open ? t('heat.openDays', days) : '',
    score?.version !== undefined && view.asServed
      ? t('heat.by', { version: String(score.version) })
      : '',
  ];
  const shared = {
    feature: props.feature,
    window: format.eventDate(props.window),
    step: words.filter(Boolean).join(', '),
    n: format.count(score?.n ?? 0),
  };
  const label =
    value === null || step === 'none'
      ? t('heat.cellEmpty', shared)
      : t('heat.cell', {
          ...shared,
          score: format.score(value),
          floor:
            score?.noiseFloor === null || score?.noiseFloor === undefined
              ? t('common.none')
              : format.metric(score.noiseFloor),
        });
  return (
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events -- keys are handled by the grid
    <td
      role="gridcell"
      data-cell={props.name}
      tabIndex={props.tabIndex}
      aria-label={label}
      aria-selected={props.selected}
      title={label}
      className={classOf(score, step, period)}
      onClick={props.onSelect}
    >
      {typeof step === 'number' && value !== null && short(value, format)}
    </td>
  );
}

/** An open window is pale and carries no mark of the limit: it is not judged. */
function classOf(score: Score | undefined, step: HeatStep, period?: Period) {
  const look =
    score?.open && step !== 'none'
      ? ['open', step === 'few' ? 's-few' : '']
      : [`s-${step}`, isOver(step) ? 'over' : ''];
  if (period?.starts.length) look.push('starts');
  return look.filter(Boolean).join(' ');
}

/** 0.35 -> .35, 0.004 -> 0, 1.2 -> 1.2 */
function short(value: number, format: ReturnType<typeof useFormat>): string {
  if (value < 0.005) return format.count(0);
  const digits = value < 1 ? 2 : 1;
  const text = format.number(value, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return value < 0.995 ? text.slice(1) : text;
}

function Legend(props: { view: MonitoringView }) {
  const { t } = useText();
  const word = useStepWord(props.view);
  const steps: HeatStep[] = [0, 1, 2, 3, 4, 'none', 'few'];
  return (
    <>
      {steps.map(step => (
        <span key={step}>
          <i
            className={`ml-swatch ml-heat-swatch s-${step}${
              isOver(step) ? ' over' : ''
            }`}
          />
          {word(step)}
        </span>
      ))}
      {props.view.periods.some(({ open }) => open) && (
        <span>
          <i className="ml-swatch ml-heat-swatch open" />
          {t('heat.open')}
        </span>
      )}
    </>
  );
}
