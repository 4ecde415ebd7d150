import type {
  AuthService,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import { MlopsClient } from '@mlops-portal/plugin-mlops-common';

/** What the hub knows of a model that is needed to show it in the catalog. */
export interface HubModel {
  name: string;
  task: string;
  /** Owner and title of the problem of the same name; undefined where the hub knows none. */
  owner?: string;
  title?: string;
}

/** Lists every model of the hub. Rejects when the hub does not answer: never with a part of the list. */
export type HubModels = (signal: AbortSignal) => Promise<HubModel[]>;

const PAGE = 200;

async function all<T>(
  page: (offset: number) => Promise<{ items: T[]; total: number }>,
): Promise<T[]> {
  const items: T[] = [];
  for (;;) {
    const { items: more, total } = await page(items.length);
    items.push(...more);
    if (!more.length || items.length >= total) return items;
  }
}

/** Asks the hub with this plugin's own token. */
export function createHubModels(deps: {
  auth: AuthService;
  discovery: DiscoveryService;
  fetch?: typeof fetch;
}): HubModels {
  return async signal => {
    const { token } = await deps.auth.getPluginRequestToken({
      onBehalfOf: await deps.auth.getOwnServiceCredentials(),
      targetPluginId: 'mlops',
    });
    const client = new MlopsClient({
      baseUrl: () => deps.discovery.getBaseUrl('mlops'),
      fetch: deps.fetch ?? fetch,
      token,
    });
    const models = await all(offset =>
      client.listModels({ limit: PAGE, offset }, { signal }),
    );
    const problems = await all(offset =>
      client.listProblems({ limit: PAGE, offset }, { signal }),
    );
    const problemOf = new Map(problems.map(p => [p.name, p]));
    return models.map(({ name, task }) => ({
      name,
      task,
      owner: problemOf.get(name)?.owner,
      title: problemOf.get(name)?.title,
    }));
  };
}
