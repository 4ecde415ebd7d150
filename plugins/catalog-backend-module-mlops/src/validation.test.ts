import type { TestBackend } from '@backstage/backend-test-utils';
import { CatalogUser, startCatalog } from './__testUtils__/catalog';

jest.setTimeout(120_000);

describe('an entity of machine learning', () => {
  let backend: TestBackend;
  let user: CatalogUser;

  beforeAll(async () => {
    backend = await startCatalog('127.0.0.1:1');
    user = new CatalogUser(backend);
  });

  afterAll(() => backend?.stop());

  const sound = {
    apiVersion: 'mlops-portal.io/v1alpha1',
    kind: 'MLProblem',
    metadata: { name: 'p' },
    spec: {
      type: 'binary',
      lifecycle: 'experimental',
      owner: 'ml',
      objective: 'To know',
      primaryMetric: { name: 'roc_auc', direction: 'maximize' },
      riskClass: 'limited',
    },
  };
  const withSpec = (spec: object) => ({
    ...sound,
    spec: { ...sound.spec, ...spec },
  });
  const model = (spec: object) => ({
    ...sound,
    kind: 'MLModel',
    spec: {
      type: 'onnx',
      lifecycle: 'staging',
      owner: 'ml',
      registry: { provider: 'portal', name: 'late' },
      ...spec,
    },
  });

  it('is taken when it is sound', async () => {
    expect((await user.validate(sound)).body).toEqual({});
    expect((await user.validate(model({}))).status).toBe(200);
  });

  it.each<[string, object, RegExp]>([
    [
      'an unknown risk class',
      withSpec({ riskClass: 'enormous' }),
      /\/spec\/riskClass must be one of minimal, limited, high/,
    ],
    [
      'an unknown life cycle',
      withSpec({ lifecycle: 'prod' }),
      /\/spec\/lifecycle must be one of proposed, experimental/,
    ],
    [
      'an unknown direction',
      withSpec({ primaryMetric: { name: 'mae', direction: 'down' } }),
      /\/spec\/primaryMetric\/direction must be one of maximize, minimize/,
    ],
    [
      'a missing owner',
      withSpec({ owner: undefined }),
      /\/spec must have required property 'owner'/,
    ],
    [
      'a missing objective',
      withSpec({ objective: undefined }),
      /\/spec must have required property 'objective'/,
    ],
    [
      'a blank objective',
      withSpec({ objective: '   ' }),
      /\/spec\/objective must not be blank/,
    ],
    [
      'an objective that is too long',
      withSpec({ objective: 'x'.repeat(501) }),
      /\/spec\/objective must NOT have more than 500 characters/,
    ],
    [
      'a field that the kind does not have',
      withSpec({ riskClas: 'high' }),
      /\/spec must NOT have additional properties.*riskClas/,
    ],
    [
      'a map of free keys',
      withSpec({
        primaryMetric: { name: 'mae', direction: 'minimize', a: 1, A: 2 },
      }),
      /\/spec\/primaryMetric must NOT have additional properties/,
    ],
    [
      'a target that is no number',
      withSpec({
        primaryMetric: { name: 'mae', direction: 'minimize', target: '0.5' },
      }),
      /\/spec\/primaryMetric\/target must be number/,
    ],
    [
      'a reference to the wrong kind',
      model({ problem: 'component:late' }),
      /\/spec\/problem must be a reference to mlproblem:name/,
    ],
    [
      'a reference that is no reference',
      model({ trainedOn: ['mldataset:late', 'two words'] }),
      /\/spec\/trainedOn\/1 must be a reference to mldataset:name/,
    ],
    [
      'one reference instead of a list',
      model({ trainedOn: 'mldataset:late' }),
      /\/spec\/trainedOn must be array/,
    ],
    [
      'a registry without a name',
      model({ registry: { provider: 'portal' } }),
      /\/spec\/registry must have required property 'name'/,
    ],
    [
      'another version of the kind',
      { ...sound, apiVersion: 'mlops-portal.io/v9' },
      /no version matching apiVersion "mlops-portal.io\/v9"/,
    ],
  ])(
    'is refused for %s, naming field and reason',
    async (_, entity, reason) => {
      const { status, body } = await user.validate(entity);

      expect(status).toBe(400);
      expect(body.errors[0].message).toMatch(reason);
    },
  );
});
