import { useCallback, useEffect, useRef, useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import { toError } from '@backstage/errors';
import { MlopsClient } from '@mlops-portal/plugin-mlops-common';
import { mlopsApiRef } from '../api';

const TIMEOUT_MS = 60_000;

/** One act on the hub: busy while it runs, the error until the next try; resolves to undefined when it failed. */
export function useAct() {
  const client = useApi(mlopsApiRef);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Error>();
  const shown = useRef(true);
  useEffect(() => {
    shown.current = true;
    return () => {
      shown.current = false;
    };
  }, []);

  const act = useCallback(
    async <T>(
      work: (client: MlopsClient, signal: AbortSignal) => Promise<T>,
    ): Promise<T | undefined> => {
      setBusy(true);
      setError(undefined);
      try {
        return await work(client, AbortSignal.timeout(TIMEOUT_MS));
      } catch (cause) {
        if (shown.current) setError(toError(cause));
        return undefined;
      } finally {
        if (shown.current) setBusy(false);
      }
    },
    [client],
  );
  return { act, busy, error, clear: () => setError(undefined) };
}
