import { EndpointDetail } from '@mlops-portal/plugin-mlops-common';
import { HubValue, useHub } from '../hooks';

const REFRESH_MS = 10_000;

/** One endpoint, asked again every ten seconds. */
export function useEndpoint(name: string): HubValue<EndpointDetail> {
  return useHub(
    (client, signal) => client.getEndpoint({ name }, { signal }),
    ['endpoint', name],
    { refreshMs: REFRESH_MS },
  );
}
