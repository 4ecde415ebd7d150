import {
  MlopsClient,
  RouteId,
  mlopsRoutes,
} from '@mlops-portal/plugin-mlops-common';
import { Answers, FakeRequest, Refusal } from './answers';
import { storyAnswers } from './story';

export { Refusal };
export type { Answers, FakeRequest };

export interface FakeHub {
  client: MlopsClient;
  fetch: (url: string, init?: RequestInit) => Promise<Response>;
  /** What was asked, in order. */
  calls: Array<{ route: RouteId; request: FakeRequest }>;
}

const ROUTES = (Object.keys(mlopsRoutes) as RouteId[]).map(id => {
  const names: string[] = [];
  const pattern = mlopsRoutes[id].path.replace(/\{(\w+)\}/g, (_, name) => {
    names.push(name);
    return '([^/]+)';
  });
  return { id, names, pattern: new RegExp(`^${pattern}$`) };
});

/**
 * The hub's API answered from the story (`overrides` first), through the real client and its transport.
 * Each answer is parsed with the schema of its route, so that a fixture cannot drift from the contract.
 */
export function createFakeHub(overrides: Answers = {}): FakeHub {
  const answers: Answers = { ...storyAnswers(), ...overrides };
  const calls: FakeHub['calls'] = [];
  const fetch = async (url: string, init: RequestInit = {}) => {
    init.signal?.throwIfAborted();
    const { pathname, searchParams } = new URL(
      url.replace(/^plugin:\/\/mlops/, 'http://hub/api/mlops'),
    );
    const path = pathname.replace(/^\/api\/mlops/, '');
    const found = ROUTES.filter(
      r =>
        mlopsRoutes[r.id].method === (init.method ?? 'GET').toLowerCase() &&
        r.pattern.test(path),
    ).sort((a, b) => a.names.length - b.names.length)[0];
    const answer = found && answers[found.id];
    if (!answer)
      return reply(404, {
        error: { name: 'NotFoundError', message: `nothing known at ${path}` },
      });
    const values = found.pattern.exec(path)!.slice(1).map(decodeURIComponent);
    const request: FakeRequest = {
      params: Object.fromEntries(
        found.names.map((name, i) => [name, values[i]]),
      ),
      query: Object.fromEntries(searchParams),
      body: init.body ? JSON.parse(String(init.body)) : undefined,
    };
    calls.push({ route: found.id, request });
    try {
      return reply(200, mlopsRoutes[found.id].response.parse(answer(request)));
    } catch (error) {
      const status = error instanceof Refusal ? error.status : 500;
      return reply(status, {
        error: { name: 'Error', message: String((error as Error).message) },
      });
    }
  };
  return {
    client: new MlopsClient({ baseUrl: 'http://hub/api/mlops', fetch }),
    fetch,
    calls,
  };
}

/** A plain object with what the transport reads: jsdom has no Response. */
function reply(status: number, body: unknown): Response {
  const text = JSON.stringify(body);
  return {
    ok: status < 300,
    status,
    text: async () => text,
  } as unknown as Response;
}
