import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';

/** A value kept in the URL under `name`; the default is not written, so that short links stay short. */
export function useQueryState(
  name: string,
  fallback = '',
): [string, (value: string) => void] {
  const [params, setParams] = useSearchParams();
  const value = params.get(name) ?? fallback;
  const set = useCallback(
    (next: string) =>
      setParams(
        old => {
          const changed = new URLSearchParams(old);
          if (next === fallback || next === '') changed.delete(name);
          else changed.set(name, next);
          return changed;
        },
        { replace: true },
      ),
    [setParams, name, fallback],
  );
  return [value, set];
}
