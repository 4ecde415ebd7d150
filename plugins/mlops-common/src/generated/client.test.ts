import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { mlopsRoutes } from '../api';
import { MlopsApiError } from '../api/transport';
import { MlopsClient } from './client';
import { clientSource } from './generate';

describe('the generated client', () => {
  it('is what the route table makes today', () => {
    const file = resolve(__dirname, 'client.ts');
    const made = format(clientSource(mlopsRoutes), {
      ...resolveConfig.sync(file),
      parser: 'typescript',
    });
    expect(readFileSync(file, 'utf8')).toBe(made);
  });

  it('puts path parameters, query and body where the route wants them', async () => {
    const asked: Array<[string, RequestInit | undefined]> = [];
    const client = new MlopsClient({
      baseUrl: 'http://hub/api/mlops',
      token: 't0ken',
      fetch: async (url, init) => {
        asked.push([url, init]);
        return new Response('{"items":[],"total":0}');
      },
    });
    await client.listRuns({ name: 'flight-delay', limit: 5, offset: 10 });
    expect(asked[0][0]).toBe(
      'http://hub/api/mlops/pipelines/flight-delay/runs?limit=5&offset=10',
    );
    expect(asked[0][1]?.headers).toMatchObject({
      authorization: 'Bearer t0ken',
    });
    await client.stopRun({ id: 'a/b', body: { reason: 'wrong data' } });
    expect(asked[1][0]).toBe('http://hub/api/mlops/runs/a%2Fb/stop');
    expect(asked[1][1]?.body).toBe('{"reason":"wrong data"}');
  });

  it('rejects with the reason and the fields that the hub named', async () => {
    const client = new MlopsClient({
      baseUrl: 'http://hub',
      fetch: async () =>
        new Response(
          JSON.stringify({
            error: {
              name: 'InputError',
              message: 'version: not a number',
              fields: [{ field: 'version', message: 'not a number' }],
            },
          }),
          { status: 400 },
        ),
    });
    const failure = await client.getRun({ id: 'x' }).catch(e => e);
    expect(failure).toBeInstanceOf(MlopsApiError);
    expect(failure).toMatchObject({
      status: 400,
      code: 'InputError',
      fields: [{ field: 'version' }],
    });
  });

  it('says so when an answer is no JSON', async () => {
    const client = new MlopsClient({
      baseUrl: 'http://hub',
      fetch: async () => new Response('<html>bad gateway', { status: 502 }),
    });
    await expect(client.getHome()).rejects.toThrow('<html>bad gateway');
  });
});
