import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { HubAccess } from './HubAccess';

const caller = { getInitiatorCredentials: async () => mockCredentials.user() };
const options = { what: 'list runs of late', timeoutMs: 1000 };

function answer(status: number, body: unknown): Response {
  return new Response(JSON.stringify(body), { status });
}

function setup(...answers: Array<() => Promise<Response> | Response>) {
  const fetch = jest.fn(async (_url: string, _init?: RequestInit) =>
    (answers.shift() ?? (() => answer(200, { items: [], total: 0 })))(),
  );
  const hub = new HubAccess({
    auth: mockServices.auth(),
    discovery: mockServices.discovery(),
    fetch: fetch as unknown as typeof globalThis.fetch,
    pauseMs: 1,
  });
  return { hub, fetch };
}

describe('HubAccess', () => {
  it('asks with a token of the person who started the task', async () => {
    const { hub, fetch } = setup();
    await hub.call(caller, options, (client, call) =>
      client.listRuns({ name: 'late' }, call),
    );

    const [url, init] = fetch.mock.calls[0];
    expect(url).toMatch(/\/api\/mlops\/pipelines\/late\/runs$/);
    expect(new Headers(init?.headers).get('authorization')).toBe(
      `Bearer ${mockCredentials.service.token({
        onBehalfOf: mockCredentials.user(),
        targetPluginId: 'mlops',
      })}`,
    );
  });

  it.each([
    [400, 'InputError'],
    [403, 'NotAllowedError'],
    [404, 'NotFoundError'],
    [409, 'ConflictError'],
    [422, 'InputError'],
  ])(
    'turns a refusal with %d into %s and asks no second time',
    async (status, name) => {
      const { hub, fetch } = setup(() =>
        answer(status, { error: { message: 'because' } }),
      );

      await expect(
        hub.call(caller, { ...options, attempts: 3 }, (client, call) =>
          client.listRuns({ name: 'late' }, call),
        ),
      ).rejects.toMatchObject({
        name,
        message: expect.stringMatching(
          /^The hub refuses to list runs of late: because/,
        ),
      });
      expect(fetch).toHaveBeenCalledTimes(1);
    },
  );

  it('names the fields that the hub refuses', async () => {
    const fields = [
      { field: 'name', message: 'is taken' },
      { field: 'target', message: 'is constant' },
    ];
    const { hub } = setup(() => answer(400, { error: { fields } }));

    await expect(
      hub.call(caller, options, (client, call) =>
        client.listRuns({ name: 'late' }, call),
      ),
    ).rejects.toThrow('name: is taken; target: is constant');
  });

  it('asks again while the outcome is unknown', async () => {
    const { hub, fetch } = setup(
      () => {
        throw new TypeError('fetch failed');
      },
      () => answer(503, {}),
    );

    await expect(
      hub.call(caller, { ...options, attempts: 3 }, (client, call) =>
        client.listRuns({ name: 'late' }, call),
      ),
    ).resolves.toEqual({ items: [], total: 0 });
    expect(fetch).toHaveBeenCalledTimes(3);
  });

  it('says what is unknown when every attempt failed', async () => {
    const { hub } = setup(() => answer(502, {}));

    await expect(
      hub.call(caller, options, (client, call) =>
        client.listRuns({ name: 'late' }, call),
      ),
    ).rejects.toThrow(
      /^The hub did not answer when asked to list runs of late/,
    );
  });

  it('gives up on a hub that hangs', async () => {
    const { hub, fetch } = setup();
    fetch.mockImplementation(
      (_url, init) =>
        new Promise((_, reject) => {
          init?.signal?.addEventListener('abort', () =>
            reject(init.signal!.reason),
          );
        }),
    );

    await expect(
      hub.call(caller, { ...options, timeoutMs: 30 }, (client, call) =>
        client.listRuns({ name: 'late' }, call),
      ),
    ).rejects.toThrow(/did not answer/);
  });

  it('stops at once when the task is cancelled', async () => {
    const controller = new AbortController();
    const { hub, fetch } = setup(() => {
      controller.abort(new Error('cancelled'));
      throw new TypeError('aborted');
    });

    await expect(
      hub.call(
        { ...caller, signal: controller.signal },
        { ...options, attempts: 5 },
        (client, call) => client.listRuns({ name: 'late' }, call),
      ),
    ).rejects.toThrow('aborted');
    expect(fetch).toHaveBeenCalledTimes(1);
  });
});
