import { Model, Version } from '@mlops-portal/plugin-mlops-common';
import { HubValue, useHub } from '../hooks';

const REFRESH_MS = 15_000;
/** Lanes show at most this many versions; the table of versions has all. */
const IN_LANES = 50;

/** One model, asked again every fifteen seconds. */
export function useModel(name: string): HubValue<Model> {
  return useHub(
    (hub, signal) => hub.getModel({ name }, { signal }),
    ['model', name],
    { refreshMs: REFRESH_MS },
  );
}

/** The newest versions of a model, as many as the lanes show. */
export function useLaneVersions(
  name: string,
): HubValue<{ items: Version[]; total: number }> {
  return useHub(
    (hub, signal) => hub.listVersions({ name, limit: IN_LANES }, { signal }),
    ['lanes', name],
    { refreshMs: REFRESH_MS },
  );
}
