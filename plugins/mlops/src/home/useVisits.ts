import { useEffect, useMemo } from 'react';
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

function read(storage: StorageApi): Visit[] {
  return storage.forBucket(BUCKET).snapshot<Visit[]>(KEY).value ?? [];
}

/** Pages of the portal this person opened lately, newest first. */
export function useVisits(): Visit[] {
  const storage = useApi(storageApiRef);
  return useMemo(() => read(storage), [storage]);
}

/** Notes that a page was opened; pages without `path` are not noted. */
export function useVisit(title: string, path?: string) {
  const storage = useApi(storageApiRef);
  useEffect(() => {
    if (!path) return;
    const visits = [
      { title, path, at: new Date().toISOString() },
      ...read(storage).filter(v => v.path !== path),
    ];
    storage.forBucket(BUCKET).set(KEY, visits.slice(0, MOST));
  }, [storage, title, path]);
}
