import { useMemo, useState } from 'react';
import { Button } from '@backstage/ui';
import {
  RunDetail,
  Trial,
  directionOf,
} from '@mlops-portal/plugin-mlops-common';
import { Card } from '../../components';
import { useFormat, useText } from '../../hooks';
import { METRIC_AXIS, Ranges, axesOf, isKept } from './axes';
import { ParallelPlot } from './ParallelPlot';

/** Which trial won? Parallel coordinates beside the table of the trials that the ranges keep, best first. */
export function TrialsCard(props: { run: RunDetail }) {
  const { t, metricName } = useText();
  const format = useFormat();
  const { trials, trialMetric } = props.run;
  const [ranges, setRanges] = useState<Ranges>({});
  const direction = directionOf(trialMetric ?? '');
  const axes = useMemo(() => axesOf(trials), [trials]);
  const kept = trials
    .filter(trial => isKept(trial, axes, ranges))
    .sort((a, b) => compare(a, b, direction));
  const metric = trialMetric ? metricName(trialMetric) : '';
  const some = Object.keys(ranges).length > 0;
  return (
    <Card
      title={t('trials.title')}
      sub={t('trials.sub', { n: format.count(trials.length) })}
      acts={
        some && (
          <Button
            size="small"
            variant="secondary"
            onPress={() => setRanges({})}
          >
            {t('trials.clear')}
          </Button>
        )
      }
      foot={
        some
          ? t('trials.kept', {
              n: format.count(kept.length),
              total: format.count(trials.length),
            })
          : t('trials.hint')
      }
      flush
    >
      <div className="ml-trials">
        <ParallelPlot
          trials={trials}
          kept={new Set(kept.map(trial => trial.candidate))}
          axes={axes}
          metric={metric}
          direction={direction}
          ranges={ranges}
          onRange={(axis, range) =>
            setRanges(({ [axis]: _, ...others }) =>
              range ? { ...others, [axis]: range } : others,
            )
          }
        />
        <TrialTable
          trials={kept}
          columns={axes.map(a => a.name).filter(name => name !== METRIC_AXIS)}
          metric={metric}
        />
      </div>
    </Card>
  );
}

/** Best first; trials without a value last. */
function compare(
  a: Trial,
  b: Trial,
  direction: 'maximize' | 'minimize',
): number {
  if (a.value === null || b.value === null)
    return Number(a.value === null) - Number(b.value === null);
  return direction === 'maximize' ? b.value - a.value : a.value - b.value;
}

function TrialTable(props: {
  trials: Trial[];
  columns: string[];
  metric: string;
}) {
  const { t } = useText();
  const format = useFormat();
  const write = (value: unknown) => {
    if (typeof value === 'number')
      return format.number(value, { maximumSignificantDigits: 4 });
    return value === undefined ? t('common.none') : String(value);
  };
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling area must be reachable by keyboard
    <div tabIndex={0} role="region" aria-label={t('trials.table')}>
      <table className="ml-table">
        <thead>
          <tr>
            <th scope="col">{t('trials.trial')}</th>
            <th scope="col" className="n" aria-sort="descending">
              {props.metric}
            </th>
            {props.columns.map(column => (
              <th key={column} scope="col" className="n">
                <bdi dir="ltr">{column}</bdi>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.trials.map(trial => (
            <tr key={trial.candidate} className={trial.best ? 'on' : undefined}>
              <th scope="row" className="ml-nowrap">
                {format.count(trial.candidate)}{' '}
                {trial.best && (
                  <span className="ml-tag accent">{t('trials.best')}</span>
                )}
              </th>
              <td className="n">
                {trial.value === null ? (
                  t('trials.failed')
                ) : (
                  <b>
                    {format.number(trial.value, {
                      minimumFractionDigits: 4,
                      maximumFractionDigits: 4,
                    })}
                  </b>
                )}
              </td>
              {props.columns.map(column => (
                <td key={column} className="n">
                  {write(trial.parameters[column])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
