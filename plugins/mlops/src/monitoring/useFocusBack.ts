import { RefObject, useCallback, useEffect, useRef } from 'react';

/**
 * Gives the focus back when what was opened closes: to what opened it, or, where that is gone, to the first `fallback` in the box.
 * Call the answer when something opens; focus that meanwhile went elsewhere by hand is left alone.
 */
export function useFocusBack(
  box: RefObject<HTMLElement>,
  open: boolean,
  fallback: string,
): () => void {
  const opener = useRef<Element | null>(null);
  const was = useRef(open);
  useEffect(() => {
    const closed = was.current && !open;
    was.current = open;
    if (!closed || document.activeElement !== document.body) return;
    const target = opener.current?.isConnected
      ? opener.current
      : box.current?.querySelector(fallback);
    (target as HTMLElement | null)?.focus();
  }, [box, open, fallback]);
  return useCallback(() => {
    opener.current = document.activeElement;
  }, []);
}
