import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import request from 'supertest';
import { mlopsPlugin } from './plugin';

jest.setTimeout(60_000);

describe('the hub in a real backend', () => {
  it('answers who asks, lists its engines, and says 404 for what is not there', async () => {
    const backend = await startTestBackend({
      features: [
        mlopsPlugin,
        catalogServiceMock.factory(),
        mockServices.rootConfig.factory({
          data: { backend: { baseUrl: 'http://localhost:7007' } },
        }),
      ],
    });
    const { server } = backend;
    const me = await request(server).get('/api/mlops/whoami');
    expect(me.body).toMatchObject({ actor: 'user:default/mock' });
    const engines = await request(server).get('/api/mlops/engines');
    expect(engines.body).toEqual({ items: [] });
    const none = await request(server).get('/api/mlops/nothing');
    expect(none.status).toBe(404);
    expect(none.body.error.name).toBe('NotFoundError');
    await backend.stop();
  });
});
