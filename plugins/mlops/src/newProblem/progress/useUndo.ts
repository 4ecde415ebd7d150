import { useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import { toError } from '@backstage/errors';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import {
  catalogInfoUrlOf,
  MlopsApiError,
} from '@mlops-portal/plugin-mlops-common';
import { mlopsApiRef } from '../../api';

const TIMEOUT_MS = 60_000;

/** Takes a half-made problem back: its location in the catalog, then its repository. What is gone already is no error. */
export function useUndo(taskId: string, name: string) {
  const client = useApi(mlopsApiRef);
  const catalog = useApi(catalogApiRef);
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState(false);
  const [error, setError] = useState<Error>();

  const undo = async () => {
    setBusy(true);
    setError(undefined);
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    try {
      const repository = await client.getRepository({ name }, { signal });
      const location = await catalog.getLocationByRef(
        `url:${catalogInfoUrlOf(repository)}`,
      );
      if (location) await catalog.removeLocationById(location.id);
      await client.deleteRepository(
        { name, idempotencyKey: `undo/${taskId}/${repository.headCommit}` },
        { signal },
      );
      setDone(true);
    } catch (cause) {
      const gone = cause instanceof MlopsApiError && cause.status === 404;
      if (gone) setDone(true);
      else setError(toError(cause));
    }
    setBusy(false);
  };
  return { undo, busy, done, error };
}
