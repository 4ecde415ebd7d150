import { useCallback } from 'react';
import { Step } from '@mlops-portal/plugin-mlops-common';
import { useText } from '../hooks';
import { candidateOf } from './telling';

/** Name of a step for people: steps that try a candidate carry its number ("trial 2"). */
export function useStepName() {
  const { t } = useText();
  return useCallback(
    (step: Pick<Step, 'name' | 'inputs'>): string => {
      const candidate = candidateOf(step);
      return candidate === undefined
        ? step.name
        : t('step.candidate', { name: step.name, n: String(candidate) });
    },
    [t],
  );
}
