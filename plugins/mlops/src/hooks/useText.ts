import { useMemo } from 'react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { mlopsMessages, mlopsTranslationRef } from '../translation';

type Plural<K> = K extends `${infer Base}_one` | `${infer Base}_other`
  ? Base
  : K;
/** Key of a message; plural forms (`_one`, `_other`) by their base, with the number as `count`. */
export type MessageKey = Plural<keyof typeof mlopsMessages>;
type Values = Record<string, string | number>;

export interface Text {
  /** A message; numbers in `values` are given as formatted text, `count` (a number) only chooses the plural form. */
  t: (key: MessageKey, values?: Values) => string;
  /** A message whose key comes from the hub; `fallback` (the key itself when left out) where there is none. */
  say: (key: string, values?: Values, fallback?: string) => string;
  stateWord: (state: string) => string;
  metricName: (metric: string) => string;
  unitName: (unit: string) => string;
  stageName: (stage: string) => string;
  taskName: (task: string) => string;
  riskName: (risk: string) => string;
}

/** Words of the portal in the language of the reader. */
export function useText(): Text {
  const { t: translate } = useTranslationRef(mlopsTranslationRef);
  return useMemo(() => {
    const t = translate as unknown as Text['t'];
    const say: Text['say'] = (key, values = {}, fallback = key) =>
      key in mlopsMessages ? t(key as MessageKey, values) : fallback;
    return {
      t,
      say,
      stateWord: state => say(`state.${state}`, {}, state),
      metricName: metric => say(`metric.${metric}`, {}, metric),
      unitName: unit =>
        say(`unit.${unit}`, {}, say(`metric.${unit}`, {}, unit)),
      stageName: stage => say(`stage.${stage}`, {}, stage),
      taskName: task => say(`task.${task}`, {}, task),
      riskName: risk => say(`risk.${risk}`, {}, risk),
    };
  }, [translate]);
}
