import { MonitoringView } from '@mlops-portal/plugin-mlops-common';
import { useFormat, useText } from '../hooks';
import { HeatStep, boundsOf } from './heat';

/** Meaning of a step of the heat map in words, with the limits of this endpoint. */
export function useStepWord(
  view: Pick<MonitoringView, 'limit' | 'minRows'>,
): (step: HeatStep) => string {
  const { t } = useText();
  const format = useFormat();
  const { half, limit, high } = boundsOf(view.limit);
  const values = {
    half: format.score(half),
    limit: format.score(limit),
    high: format.score(high),
    minRows: format.count(view.minRows),
  };
  return step =>
    step === 'none' || step === 'few'
      ? t(`heat.${step}`, values)
      : t(`heat.step${step}`, values);
}
