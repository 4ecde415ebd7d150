import {
  MonitoringView,
  Period,
  Score,
} from '@mlops-portal/plugin-mlops-common';
import { useFormat, useText } from '../hooks';
import { HeatStep, isOver, stepOf } from './heat';
import { useStepWord } from './useStepWord';

/** One feature in one window: its score as a colour with a number, everything that is known of it as its name. */
export function HeatCell(props: {
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
