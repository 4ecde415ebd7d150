import type {
  AuthService,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import { MlopsClient } from '@mlops-portal/plugin-mlops-common';

/** Most that the hub gives of a list at once. */
const PAGE = 200;
const TIMEOUT_MS = 60_000;

/**
 * Every item of a list of the hub, page by page, at most `most` of them. Rejects as soon as a page does: never with a part of
 * what was asked for.
 *
 * @param page - asks for the items [offset, offset + limit).
 */
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

/**
 * Gives work a client of the hub that speaks as this plugin. The signal that the work gets is aborted after a minute, or with the
 * caller's.
 */
export type HubReader = <T>(
  work: (client: MlopsClient, signal: AbortSignal) => Promise<T>,
  signal?: AbortSignal,
) => Promise<T>;

/** For modules of other plugins: asks the hub over its public API with the plugin's own token, a new one for each work. */
export function createHubReader(deps: {
  auth: AuthService;
  discovery: DiscoveryService;
  fetch?: typeof fetch;
}): HubReader {
  return async (work, signal) => {
    const { token } = await deps.auth.getPluginRequestToken({
      onBehalfOf: await deps.auth.getOwnServiceCredentials(),
      targetPluginId: 'mlops',
    });
    const client = new MlopsClient({
      baseUrl: () => deps.discovery.getBaseUrl('mlops'),
      fetch: deps.fetch ?? fetch,
      token,
    });
    const limit = AbortSignal.timeout(TIMEOUT_MS);
    return work(client, signal ? AbortSignal.any([signal, limit]) : limit);
  };
}
