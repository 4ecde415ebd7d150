import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';

const CLOSED = 'none';

export interface Selection {
  /** Feature whose panel is open. */
  feature?: string;
  /** First day of the chosen window; the newest judged one when left out. */
  window?: string;
}

/** Row, cell and panel are one selection, kept in the URL (?feature=&window=). `fallback` is open where the URL says nothing. */
export function useSelection(
  fallback?: string,
): [Selection, (next: Selection) => void] {
  const [params, setParams] = useSearchParams();
  const feature = params.get('feature') ?? fallback;
  const select = useCallback(
    (next: Selection) =>
      setParams(
        old => {
          const changed = new URLSearchParams(old);
          changed.set('feature', next.feature ?? CLOSED);
          if (next.window) changed.set('window', next.window);
          else changed.delete('window');
          return changed;
        },
        { replace: true },
      ),
    [setParams],
  );
  return [
    feature === CLOSED
      ? {}
      : { feature, window: params.get('window') ?? undefined },
    select,
  ];
}
