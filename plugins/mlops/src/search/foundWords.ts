import type { ResultHighlight } from '@backstage/plugin-search-common';

const MOST = 6;

/** Words of a field in which the search found what was asked for, each once; [] where it was found elsewhere. */
export function foundWords(
  highlight: ResultHighlight | undefined,
  field: string,
): string[] {
  const text = highlight?.fields[field];
  if (!highlight || !text) return [];
  const { preTag, postTag } = highlight;
  const words = text
    .split(' ')
    .filter(word => word.includes(preTag))
    .map(word => word.replaceAll(preTag, '').replaceAll(postTag, ''));
  return [...new Set(words)].slice(0, MOST);
}
