import { useEffect, useState } from 'react';
import { useLocation } from 'react-router-dom';
import {
  StorageApi,
  storageApiRef,
  useApi,
} from '@backstage/frontend-plugin-api';

/** A type, not an interface: the store takes JSON values only. */
export type Visit = {
  title: string;
  path: string;
  at: string;
};

const BUCKET = 'mlops-visits';
const KEY = 'pages';
const MOST = 8;

/** Calls back with what is kept as soon as it is known: where settings are kept on the server, a moment later. */
function whenKnown(
  storage: StorageApi,
  tell: (visits: Visit[]) => void,
): () => void {
  const bucket = storage.forBucket(BUCKET);
  const now = bucket.snapshot<Visit[]>(KEY);
  if (now.presence !== 'unknown') {
    tell(now.value ?? []);
    return () => {};
  }
  let told = false;
  const subscription = bucket
    .observe$<Visit[]>(KEY)
    .subscribe(({ presence, value }) => {
      if (told || presence === 'unknown') return;
      told = true;
      tell(value ?? []);
    });
  return () => subscription.unsubscribe();
}

/** Pages of the portal this person opened lately, newest first. */
export function useVisits(): Visit[] {
  const storage = useApi(storageApiRef);
  const [visits, setVisits] = useState<Visit[]>([]);
  useEffect(() => whenKnown(storage, setVisits), [storage]);
  return visits;
}

/** Notes that a page was opened; pages without `path` are not noted. */
export function useVisit(title: string, path?: string) {
  const storage = useApi(storageApiRef);
  useEffect(() => {
    if (!path) return undefined;
    const visit = { title, path, at: new Date().toISOString() };
    return whenKnown(storage, before => {
      const others = before.filter(v => !isSame(v, visit));
      storage
        .forBucket(BUCKET)
        .set(KEY, [visit, ...others].slice(0, MOST))
        .catch(() => undefined);
    });
  }, [storage, title, path]);
}

/** Takes the present page out of the visited ones where `wrong`: it leads to nothing that one could come back to. */
export function useForgetVisit(wrong: boolean) {
  const storage = useApi(storageApiRef);
  const { pathname, search } = useLocation();
  useEffect(() => {
    if (!wrong) return undefined;
    return whenKnown(storage, before => {
      const others = before.filter(({ path }) => path !== pathname + search);
      if (others.length === before.length) return;
      storage
        .forBucket(BUCKET)
        .set(KEY, others)
        .catch(() => undefined);
    });
  }, [storage, wrong, pathname, search]);
}

/** One page of one object, whatever is chosen on it: what the query says beside the title does not make it another. */
function isSame(a: Visit, b: Visit): boolean {
  const page = (path: string) => path.split('?')[0];
  return (
    a.path === b.path || (page(a.path) === page(b.path) && a.title === b.title)
  );
}
