import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';

/**
 * Changes of one tick that are on their way into the URL: react-router gives each of them the parameters of the last
 * render, so that without this the last of two changes in one handler would undo the first.
 */
let pending: URLSearchParams | undefined;

const NONE: readonly string[] = [];

/**
 * A value kept in the URL under `name`; the default is not written, so that short links stay short.
 * A change takes the values named in `resets` out of the URL, as a new filter does with the page.
 */
export function useQueryState(
  name: string,
  fallback = '',
  resets: readonly string[] = NONE,
): [string, (value: string) => void] {
  const [params, setParams] = useSearchParams();
  const value = params.get(name) ?? fallback;
  const set = useCallback(
    (next: string) =>
      setParams(
        old => {
          const changed = new URLSearchParams(pending ?? old);
          if (next === fallback || next === '') changed.delete(name);
          else changed.set(name, next);
          for (const other of resets) changed.delete(other);
          pending = changed;
          queueMicrotask(() => {
            pending = undefined;
          });
          return changed;
        },
        { replace: true },
      ),
    [setParams, name, fallback, resets],
  );
  return [value, set];
}
