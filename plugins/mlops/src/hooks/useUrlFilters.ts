import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';

/** Filters of a list, kept in the URL by their names; a change also goes back to the first page (?from=). */
export function useUrlFilters(names: readonly string[]): {
  values: Record<string, string>;
  set: (name: string, value: string) => void;
  clear: () => void;
  /** Whether any filter is set. */
  active: boolean;
} {
  const [params, setParams] = useSearchParams();
  const values = Object.fromEntries(
    names.flatMap(name => {
      const value = params.get(name);
      return value ? [[name, value] as const] : [];
    }),
  );
  const change = useCallback(
    (edit: (params: URLSearchParams) => void) =>
      setParams(
        old => {
          const next = new URLSearchParams(old);
          edit(next);
          next.delete('from');
          return next;
        },
        { replace: true },
      ),
    [setParams],
  );
  return {
    values,
    active: Object.keys(values).length > 0,
    set: (name, value) =>
      change(next => (value ? next.set(name, value) : next.delete(name))),
    clear: () => change(next => names.forEach(name => next.delete(name))),
  };
}
