import { useMemo } from 'react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { newProblemMessages, newProblemTranslationRef } from './translation';

type Plural<K> = K extends `${infer Base}_one` | `${infer Base}_other`
  ? Base
  : K;
/** Key of a message; plural forms by their base, with the number as `count`. */
export type WordKey = Plural<keyof typeof newProblemMessages>;
export type Words = (
  key: WordKey,
  values?: Record<string, string | number>,
) => string;

/** Words of this page in the language of the reader. */
export function useWords(): Words {
  const { t } = useTranslationRef(newProblemTranslationRef);
  return useMemo(() => t as unknown as Words, [t]);
}
