import { useEffect, useMemo, useState } from 'react';
import { useApiHolder } from '@backstage/frontend-plugin-api';
import {
  defaultEntityPresentation,
  entityPresentationApiRef,
} from '@backstage/plugin-catalog-react';

/** Names that the catalog shows for entity refs, each ref once, ordered by name: for lists to choose from. */
export function useEntityNames(refs: string[]): Map<string, string> {
  const api = useApiHolder().get(entityPresentationApiRef);
  const key = [...new Set(refs)].sort().join('\n');
  const asked = useMemo(() => key.split('\n').filter(Boolean), [key]);
  const [names, setNames] = useState<Record<string, string>>({});
  useEffect(() => {
    let left = false;
    for (const ref of asked) {
      const shown = api?.forEntity(ref, { defaultKind: 'group' });
      shown?.promise.then(({ primaryTitle }) => {
        if (!left) setNames(old => ({ ...old, [ref]: primaryTitle }));
      });
    }
    return () => {
      left = true;
    };
  }, [api, asked]);
  return useMemo(() => {
    const fallback = (ref: string) =>
      defaultEntityPresentation(ref, { defaultKind: 'group' }).primaryTitle;
    return new Map(
      asked
        .map(ref => [ref, names[ref] ?? fallback(ref)] as const)
        .sort(([, a], [, b]) => a.localeCompare(b)),
    );
  }, [asked, names]);
}
