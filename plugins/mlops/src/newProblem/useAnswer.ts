import { useEffect, useRef, useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import { toError } from '@backstage/errors';
import { MlopsClient } from '@mlops-portal/plugin-mlops-common';
import { mlopsApiRef } from '../api';

/** Reading a large table takes longer than a page may wait elsewhere. */
const TIMEOUT_MS = 180_000;

export interface Answer<T> {
  /** Last answer; of an earlier question while `asking`, unless `question` was left empty since. */
  value?: T;
  error?: Error;
  asking: boolean;
  askAgain: () => void;
}

interface Kept<T> {
  key: string;
  value?: T;
  error?: Error;
}

/**
 * Asks the hub once `question` (a JSON value) has stood still for `delayMs`; asks nothing while it is
 * undefined. A newer question aborts the older one.
 */
export function useAnswer<Q, T>(
  question: Q | undefined,
  ask: (client: MlopsClient, question: Q, signal: AbortSignal) => Promise<T>,
  options: { delayMs?: number; keep?: boolean } = {},
): Answer<T> {
  const client = useApi(mlopsApiRef);
  const { delayMs = 0, keep = false } = options;
  const key = question === undefined ? '' : JSON.stringify(question);
  const [kept, setKept] = useState<Kept<T>>({ key: '' });
  const [round, setRound] = useState(0);
  const current = useRef({ question, ask });
  current.current = { question, ask };

  useEffect(() => {
    if (!key) {
      setKept({ key: '' });
      return undefined;
    }
    const stop = new AbortController();
    const limit = AbortSignal.timeout(TIMEOUT_MS);
    const timer = setTimeout(() => {
      const { question: q, ask: put } = current.current;
      put(client, q as Q, AbortSignal.any([stop.signal, limit]))
        .then(value => ({ key, value }))
        .catch((cause: unknown) => ({ key, error: toError(cause) }))
        .then(next => {
          if (!stop.signal.aborted) setKept(next);
        });
    }, delayMs);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [client, key, delayMs, round]);

  const fresh = kept.key === key;
  return {
    value: fresh || keep ? kept.value : undefined,
    error: fresh ? kept.error : undefined,
    asking: Boolean(key) && !fresh,
    askAgain: () => {
      setKept(old => ({ ...old, key: '' }));
      setRound(r => r + 1);
    },
  };
}
