import { useEffect, useMemo, useState } from 'react';
import { useApiHolder } from '@backstage/frontend-plugin-api';
import {
  defaultEntityPresentation,
  entityPresentationApiRef,
} from '@backstage/plugin-catalog-react';
import { wholeRef } from './entityRefs';

/** Names that the catalog shows for entity refs, each ref once, ordered by name: for lists to choose from. */
export function useEntityNames(refs: string[]): Map<string, string> {
  const api = useApiHolder().get(entityPresentationApiRef);
  const key = [...new Set(refs)].sort().join('\n');
  const asked = useMemo(() => key.split('\n').filter(Boolean), [key]);
  const [names, setNames] = useState<Record<string, string>>({});
  useEffect(() => {
    let left = false;
    Promise.all(
      asked.map(async ref => {
        const whole = wholeRef(ref);
        const shown =
          whole && api
            ? api.forEntity(whole, { defaultKind: 'group' })
            : undefined;
        return [ref, (await shown?.promise)?.primaryTitle] as const;
      }),
    ).then(all => {
      if (!left)
        setNames(
          Object.fromEntries(
            all.flatMap(([ref, name]) => (name ? [[ref, name]] : [])),
          ),
        );
    });
    return () => {
      left = true;
    };
  }, [api, asked]);
  return useMemo(() => {
    const fallback = (ref: string) => {
      const whole = wholeRef(ref);
      return whole
        ? defaultEntityPresentation(whole, { defaultKind: 'group' })
            .primaryTitle
        : ref;
    };
    return new Map(
      asked
        .map(ref => [ref, names[ref] ?? fallback(ref)] as const)
        .sort(([, a], [, b]) => a.localeCompare(b)),
    );
  }, [asked, names]);
}
