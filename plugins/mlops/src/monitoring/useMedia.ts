import { useEffect, useState } from 'react';

/** Whether a media query holds, kept up to date; false where there is no screen. */
export function useMedia(query: string): boolean {
  const [holds, setHolds] = useState(
    () => window.matchMedia?.(query).matches ?? false,
  );
  useEffect(() => {
    const list = window.matchMedia?.(query);
    if (!list?.addEventListener) return undefined;
    const change = () => setHolds(list.matches);
    change();
    list.addEventListener('change', change);
    return () => list.removeEventListener('change', change);
  }, [query]);
  return holds;
}
