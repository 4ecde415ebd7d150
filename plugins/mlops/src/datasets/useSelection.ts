import { useSearchParams } from 'react-router-dom';

/** What is chosen on a dataset's page, kept in the URL, and links that change it. */
export function useSelection() {
  const [params] = useSearchParams();
  const linkTo = (changes: Record<string, string | undefined>): string => {
    const next = new URLSearchParams(params);
    for (const [name, value] of Object.entries(changes)) {
      if (value === undefined) next.delete(name);
      else next.set(name, value);
    }
    return `?${next}`;
  };
  return {
    version: params.get('version') ?? '',
    compare: params.get('compare') ?? '',
    column: params.get('column') ?? '',
    linkTo,
  };
}
