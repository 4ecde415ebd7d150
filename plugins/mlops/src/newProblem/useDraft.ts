import { useCallback, useEffect, useRef, useState } from 'react';
import { storageApiRef, useApi } from '@backstage/frontend-plugin-api';
import { Draft, EMPTY_DRAFT } from './form';

const BUCKET = 'mlops';
const KEY = 'newProblemDraft';
const SAVE_AFTER_MS = 400;

/** What was typed, kept over reloads and days until it is discarded or the problem is made. */
export function useDraft() {
  const storage = useApi(storageApiRef);
  const [draft, setDraft] = useState<Draft>(() => ({
    ...EMPTY_DRAFT,
    ...storage.forBucket(BUCKET).snapshot<Partial<Draft>>(KEY).value,
  }));
  const changed = useRef(false);

  useEffect(() => {
    // Where settings are kept on the server, the draft comes a moment later.
    const subscription = storage
      .forBucket(BUCKET)
      .observe$<Partial<Draft>>(KEY)
      .subscribe(({ value }) => {
        if (!changed.current && value) setDraft({ ...EMPTY_DRAFT, ...value });
      });
    return () => subscription.unsubscribe();
  }, [storage]);

  useEffect(() => {
    if (!changed.current) return undefined;
    const timer = setTimeout(() => {
      storage
        .forBucket(BUCKET)
        .set(KEY, JSON.parse(JSON.stringify(draft)))
        .catch(() => undefined);
    }, SAVE_AFTER_MS);
    return () => clearTimeout(timer);
  }, [storage, draft]);

  const update = useCallback((changes: Partial<Draft>) => {
    changed.current = true;
    setDraft(old => ({ ...old, ...changes }));
  }, []);
  const discard = useCallback(() => {
    changed.current = false;
    setDraft(EMPTY_DRAFT);
    return storage.forBucket(BUCKET).remove(KEY);
  }, [storage]);
  return { draft, update, discard };
}

/** Forgets the draft once its problem is made. */
export function useForgetDraft(name: string | undefined, made: boolean) {
  const storage = useApi(storageApiRef);
  useEffect(() => {
    if (made && name) {
      storage
        .forBucket(BUCKET)
        .remove(KEY)
        .catch(() => undefined);
    }
  }, [storage, name, made]);
}
