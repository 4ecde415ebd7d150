import { useCallback, useEffect, useRef, useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import { toError } from '@backstage/errors';
import { MlopsClient } from '@mlops-portal/plugin-mlops-common';
import { mlopsApiRef } from '../api';

const TIMEOUT_MS = 20_000;

export interface HubOptions {
  /** Asks again every so many milliseconds while the page is visible; never when left out. */
  refreshMs?: number;
  /** Asks only while true; a page waits with this for a selection. */
  enabled?: boolean;
  /** Asks again when it changes, and keeps the last answer meanwhile: the state of something that the answer follows. */
  asOf?: string | null;
  /** How long an answer is waited for; 20 s when left out. */
  timeoutMs?: number;
}

export interface HubValue<T> {
  /** Last answer for the present `deps`; kept while a later question fails. */
  value?: T;
  /** When `value` arrived, in milliseconds since 1970. */
  loadedAt?: number;
  /** Why the last question failed; undefined after a success. */
  error?: Error;
  /** True until the first answer or error. */
  loading: boolean;
  /** Asks again now. */
  refresh: () => void;
}

interface Kept<T> {
  key: string;
  value?: T;
  loadedAt?: number;
  error?: Error;
}

/**
 * Asks the hub and keeps the last answer with its time. `deps` (JSON values) say what the answer depends on:
 * a change drops the old answer; a refresh keeps it. Questions are aborted when nobody waits any more.
 */
export function useHub<T>(
  load: (client: MlopsClient, signal: AbortSignal) => Promise<T>,
  deps: readonly unknown[],
  options: HubOptions = {},
): HubValue<T> {
  const client = useApi(mlopsApiRef);
  const { refreshMs, enabled = true, asOf, timeoutMs = TIMEOUT_MS } = options;
  const key = JSON.stringify(deps);
  const [kept, setKept] = useState<Kept<T>>({ key });
  const [round, setRound] = useState(0);
  const question = useRef(load);
  question.current = load;

  useEffect(() => {
    if (!enabled) return undefined;
    const stop = new AbortController();
    const timer = setTimeout(
      () => stop.abort(new Error(`no answer within ${timeoutMs / 1000} s`)),
      timeoutMs,
    );
    let left = false;
    question
      .current(client, stop.signal)
      .then(value => ({ key, value, loadedAt: Date.now() }))
      .catch((cause: unknown) => ({ key, error: toError(cause) }))
      .then(next => {
        clearTimeout(timer);
        if (left) return;
        setKept(old =>
          'error' in next && old.key === key ? { ...old, ...next } : next,
        );
      });
    return () => {
      left = true;
      clearTimeout(timer);
      stop.abort();
    };
  }, [client, key, round, enabled, asOf, timeoutMs]);

  useEffect(() => {
    if (!refreshMs || !enabled) return undefined;
    const again = () => {
      if (!document.hidden) setRound(r => r + 1);
    };
    const timer = setInterval(again, refreshMs);
    document.addEventListener('visibilitychange', again);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', again);
    };
  }, [refreshMs, enabled]);

  const current = kept.key === key ? kept : { key };
  return {
    value: current.value,
    loadedAt: current.loadedAt,
    error: current.error,
    loading: enabled && current.value === undefined && !current.error,
    refresh: useCallback(() => setRound(r => r + 1), []),
  };
}
