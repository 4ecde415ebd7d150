import { useCallback } from 'react';
import { ProblemDetail } from '@mlops-portal/plugin-mlops-common';
import { useFormat, useText } from '../hooks';

type Fact = ProblemDetail['loop'][number]['facts'][number];
const DATE = /^\d{4}-\d\d-\d\d/;

/** A fact of a station as words: the key names the sentence, values are written in the reader's language. */
export function useFactText() {
  const { say } = useText();
  const format = useFormat();
  return useCallback(
    (fact: Fact): string => {
      const { from, to } = fact.values;
      if (typeof from === 'string' && typeof to === 'string')
        return format.window(from, to);
      const write = ([name, value]: [string, string | number]) => {
        if (typeof value === 'string')
          return DATE.test(value)
            ? format.dayMonth(value)
            : say(`trigger.${value}`, {}, value);
        if (name === 'seconds') return format.span(value);
        if (name === 'share') return format.percent(value, 2);
        if (name === 'difference') return format.signed(value);
        return Number.isInteger(value)
          ? format.count(value)
          : format.score(value);
      };
      const written = Object.entries(fact.values).map(
        entry => [entry[0], write(entry)] as const,
      );
      const plain = written.map(([, text]) => text).join(' ') || fact.key;
      return say(`fact.${fact.key}`, Object.fromEntries(written), plain);
    },
    [say, format],
  );
}
