import type {
  AuthService,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import { MlopsClient } from '@mlops-portal/plugin-mlops-common';

const PAGE = 200;
const TIMEOUT_MS = 60_000;

/** Pages of a list one after the other, at most `most` items. */
export async function readAll<T>(
  page: (range: {
    limit: number;
    offset: number;
  }) => Promise<{ items: T[]; total: number }>,
  most = Infinity,
): Promise<T[]> {
  const items: T[] = [];
  for (;;) {
    const { items: more, total } = await page({
      limit: PAGE,
      offset: items.length,
    });
    items.push(...more);
    if (!more.length || items.length >= Math.min(total, most))
      return items.slice(0, most);
  }
}

/** Gives work a client of the hub that speaks as this plugin, and ends it after a minute. */
export type HubReader = <T>(
  work: (client: MlopsClient, signal: AbortSignal) => Promise<T>,
) => Promise<T>;

/** Asks the hub over its public API with this plugin's own token. */
export function createHubReader(deps: {
  auth: AuthService;
  discovery: DiscoveryService;
  fetch?: typeof fetch;
}): HubReader {
  return async work => {
    const { token } = await deps.auth.getPluginRequestToken({
      onBehalfOf: await deps.auth.getOwnServiceCredentials(),
      targetPluginId: 'mlops',
    });
    const client = new MlopsClient({
      baseUrl: () => deps.discovery.getBaseUrl('mlops'),
      fetch: deps.fetch ?? fetch,
      token,
    });
    return work(client, AbortSignal.timeout(TIMEOUT_MS));
  };
}
