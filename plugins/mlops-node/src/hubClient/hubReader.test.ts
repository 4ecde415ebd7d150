import { mockServices } from '@backstage/backend-test-utils';
import { createHubReader, readAll } from './hubReader';

const listOf = (total: number) => {
  const asked: Array<{ limit: number; offset: number }> = [];
  const page = async (range: { limit: number; offset: number }) => {
    asked.push(range);
    const { limit, offset } = range;
    const length = Math.max(0, Math.min(limit, total - offset));
    return { items: Array.from({ length }, (_, i) => offset + i), total };
  };
  return { asked, page };
};

describe('readAll', () => {
  it('takes page after page until it has all', async () => {
    const { asked, page } = listOf(450);
    const all = await readAll(page);
    expect(all).toHaveLength(450);
    expect(new Set(all).size).toBe(450);
    expect(asked.map(({ offset }) => offset)).toEqual([0, 200, 400]);
  });

  it('takes no more than is wanted', async () => {
    const { asked, page } = listOf(1000);
    expect(await readAll(page, 250)).toHaveLength(250);
    expect(asked).toHaveLength(2);
  });

  it('ends where a list shrinks while it is read, and rejects where a page fails', async () => {
    expect(await readAll(async () => ({ items: [], total: 9 }))).toEqual([]);
    const failing = readAll(async ({ offset }) => {
      if (offset) throw new Error('away');
      return { items: [1], total: 2 };
    });
    await expect(failing).rejects.toThrow('away');
  });
});

describe('the reader of the hub', () => {
  const reader = (answer: typeof fetch) =>
    createHubReader({
      auth: mockServices.auth(),
      discovery: mockServices.discovery(),
      fetch: answer,
    });

  it('speaks as its plugin', async () => {
    const answer = jest.fn<Promise<Response>, Parameters<typeof fetch>>(
      async () => Response.json({ items: [], total: 0 }),
    );
    await reader(answer)((client, signal) =>
      client.listModels({ limit: 1, offset: 0 }, { signal }),
    );
    const [url, init] = answer.mock.calls[0];
    expect(String(url)).toContain('/api/mlops/models?');
    expect(JSON.stringify(init?.headers)).toMatch(/bearer mock-service-token/i);
  });

  it('ends its work with the caller', async () => {
    const caller = new AbortController();
    const seen = await reader(fetch)(async (_, signal) => {
      caller.abort();
      return signal.aborted;
    }, caller.signal);
    expect(seen).toBe(true);
  });
});
