import { mockServices, type TestBackend } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import request from 'supertest';
import { startCatalog } from '../__testUtils__/catalog';
import { startFileServer } from '../__testUtils__/fileServer';

jest.setTimeout(120_000);

const problem = (name: string, risk = 'limited') => `
apiVersion: mlops-portal.io/v1alpha1
kind: MLProblem
metadata: { name: ${name} }
spec:
  type: binary
  lifecycle: experimental
  owner: ml
  objective: To know
  primaryMetric: { name: roc_auc, direction: maximize }
  riskClass: ${risk}
`;

describe('documents of a file that is about to be registered', () => {
  let server: Awaited<ReturnType<typeof startFileServer>>;
  let backend: TestBackend;
  let closed: TestBackend;

  beforeAll(async () => {
    server = await startFileServer({
      '/mixed.yaml': [
        problem('good'),
        problem('broken', 'enormous'),
        'kind: [unclosed\n',
        problem('fine'),
      ].join('---\n'),
      '/nothing.yaml': 'kind: [unclosed\n',
    });
    backend = await startCatalog(server.host);
    closed = await startCatalog(server.host, [
      mockServices.permissions.factory({ result: AuthorizeResult.DENY }),
    ]);
  });
  afterAll(async () => {
    await Promise.all([backend?.stop(), closed?.stop(), server?.stop()]);
  });

  const ask = (target: string, of = backend) =>
    request(of.server).get('/api/catalog/mlops-documents').query({ target });

  it('are told apart: what the catalog takes, and what it refuses with field and reason', async () => {
    const { status, body } = await ask(server.url('/mixed.yaml'));
    expect(status).toBe(200);
    expect(body.entities).toEqual([
      { kind: 'MLProblem', namespace: 'default', name: 'good' },
      { kind: 'MLProblem', namespace: 'default', name: 'fine' },
    ]);
    expect(body.refused).toEqual([
      {
        what: 'mlproblem:default/broken',
        reason: 'spec.riskClass must be one of minimal, limited, high',
      },
      {
        what: `Document 3 of ${server.url('/mixed.yaml')}`,
        reason: expect.stringMatching(/YAML/),
      },
    ]);
  });

  it.each([
    ['a file that holds no document', () => server.url('/nothing.yaml'), 400],
    ['a file that is not there', () => server.url('/none.yaml'), 404],
    ['a host that may not be read', () => 'http://127.0.0.1:9/a.yaml', 403],
    ['what is no URL', () => 'catalog-info.yaml', 400],
  ])('of %s are an error', async (_, target, status) => {
    const answer = await ask(target());
    expect([answer.status, answer.body.error?.name]).toEqual([
      status,
      expect.stringMatching(/Error$/),
    ]);
  });

  it('are not read for a person who may not register them', async () => {
    expect((await ask(server.url('/mixed.yaml'), closed)).status).toBe(403);
  });
});
