import { useEffect, useRef, useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import { toError } from '@backstage/errors';
import { MlopsClient } from '@mlops-portal/plugin-mlops-common';
import { mlopsApiRef } from '../api';

const POLL_MS = 1500;
const TIMEOUT_MS = 15_000;
/** The page keeps this much of the end; the download has everything. */
const MOST_CHARS = 400_000;

export interface LogChunk {
  text: string;
  nextOffset: number;
  complete: boolean;
}
export type LoadLog = (
  client: MlopsClient,
  offset: number,
  signal: AbortSignal,
) => Promise<LogChunk>;

/** Reads a log from its byte offsets, and follows it until the hub says that it is complete. `key` names the log. */
export function useLog(load: LoadLog, key: string) {
  const client = useApi(mlopsApiRef);
  const question = useRef(load);
  question.current = load;
  const [log, setLog] = useState({ key, text: '', complete: false });
  const [error, setError] = useState<Error>();

  useEffect(() => {
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout>;
    const read = async (offset: number) => {
      try {
        const signal = AbortSignal.any([
          stop.signal,
          AbortSignal.timeout(TIMEOUT_MS),
        ]);
        const chunk = await question.current(client, offset, signal);
        if (stop.signal.aborted) return;
        setError(undefined);
        setLog(old => ({
          key,
          text: (
            (old.key === key && offset ? old.text : '') + chunk.text
          ).slice(-MOST_CHARS),
          complete: chunk.complete,
        }));
        const more = !chunk.complete || chunk.text !== '';
        const done = chunk.complete && chunk.text === '';
        if (more && !done)
          timer = setTimeout(
            () => read(chunk.nextOffset),
            chunk.text ? 0 : POLL_MS,
          );
      } catch (cause) {
        if (stop.signal.aborted) return;
        setError(toError(cause));
        timer = setTimeout(() => read(offset), 2 * POLL_MS);
      }
    };
    setError(undefined);
    read(0);
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [client, key]);

  return log.key === key
    ? { ...log, error }
    : { key, text: '', complete: false, error };
}
