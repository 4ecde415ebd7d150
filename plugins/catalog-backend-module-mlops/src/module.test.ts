import type { TestBackend } from '@backstage/backend-test-utils';
import { startFileServer } from './__testUtils__/fileServer';
import { CatalogUser, startCatalog } from './__testUtils__/catalog';

jest.setTimeout(120_000);

const group = `
apiVersion: backstage.io/v1alpha1
kind: Group
metadata: { name: ml }
spec: { type: team, children: [] }
`;

const problem = `
apiVersion: mlops-portal.io/v1alpha1
kind: MLProblem
metadata: { name: late, title: Will this flight be late? }
spec:
  type: binary
  lifecycle: experimental
  owner: ml
  objective: Say whether a flight leaves more than 15 minutes late
  primaryMetric: { name: roc_auc, direction: maximize, target: 0.68 }
  riskClass: limited
`;

const everything = `${group}---${problem}---
apiVersion: mlops-portal.io/v1alpha1
kind: MLDataset
metadata: { name: late-data }
spec:
  type: table
  lifecycle: experimental
  owner: group:default/ml
  source: { platform: file, uri: /data/flights.parquet }
  classification: internal
  personalData: false
  producedBy: loader
  derivedFrom: [raw-flights]
---
apiVersion: mlops-portal.io/v1alpha1
kind: MLDataset
metadata: { name: raw-flights }
spec:
  type: table
  lifecycle: experimental
  owner: ml
  source: { platform: s3, uri: s3://raw/flights }
  classification: public
  personalData: false
---
apiVersion: mlops-portal.io/v1alpha1
kind: MLFeatureView
metadata: { name: late-features }
spec:
  type: view
  lifecycle: experimental
  owner: ml
  store: { platform: feast, project: flights, name: late }
  joinKeys: [origin]
  derivedFrom: [late-data]
---
apiVersion: mlops-portal.io/v1alpha1
kind: MLModel
metadata: { name: late }
spec:
  type: onnx
  lifecycle: experimental
  owner: ml
  registry: { provider: portal, name: late }
  problem: mlproblem:late
  trainedOn: [mldataset:late-data]
  evaluatedOn: [MLDataset:default/late-data]
  consumesFeatures: [late-features]
  trainedBy: [component:late-pipeline]
---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { name: late-pipeline }
spec: { type: ml-pipeline, lifecycle: experimental, owner: ml }
---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { name: loader }
spec: { type: service, lifecycle: experimental, owner: ml }
---
apiVersion: backstage.io/v1alpha1
kind: API
metadata: { name: late-endpoint }
spec:
  type: ml-endpoint
  lifecycle: experimental
  owner: ml
  definition: POST /v2/models/late/infer
  deploys: [mlmodel:late]
---
apiVersion: backstage.io/v1alpha1
kind: AiResource
metadata: { name: house-style }
spec: { type: skill, lifecycle: experimental, owner: ml }
`;

const unknownRisk = problem
  .replace('name: late,', 'name: odd-risk,')
  .replace('riskClass: limited', 'riskClass: enormous');
const withoutName = `
apiVersion: mlops-portal.io/v1alpha1
kind: MLProblem
metadata: { title: nameless }
spec: {}
`;

describe('machine learning in the catalog', () => {
  const files: Record<string, string> = {
    '/all/catalog-info.yaml': everything,
    '/mixed/catalog-info.yaml': [
      problem.replace('name: late,', 'name: sound-one,'),
      unknownRisk,
      withoutName,
      '\nkind: [unclosed\n',
      '\njust a sentence\n',
      problem.replace('name: late,', 'name: sound-two,'),
    ].join('---'),
  };
  let backend: TestBackend;
  let user: CatalogUser;
  let server: Awaited<ReturnType<typeof startFileServer>>;

  beforeAll(async () => {
    server = await startFileServer(files);
    backend = await startCatalog(server.host);
    user = new CatalogUser(backend);
  });

  afterAll(async () => {
    await backend?.stop();
    await server?.stop();
  });

  it('takes a file that declares every kind, beside the AI resources of upstream, and shows relations from both ends', async () => {
    const { status } = await user.register(
      server.url('/all/catalog-info.yaml'),
    );
    expect(status).toBe(201);

    const pairs: Array<[string, string, string, string]> = [
      ['mlproblem:late', 'ownedBy', 'ownerOf', 'group:default/ml'],
      ['mlmodel:late', 'solves', 'solvedBy', 'mlproblem:default/late'],
      [
        'mlmodel:late',
        'trainedOn',
        'usedToTrain',
        'mldataset:default/late-data',
      ],
      [
        'mlmodel:late',
        'evaluatedOn',
        'usedToEvaluate',
        'mldataset:default/late-data',
      ],
      [
        'mlmodel:late',
        'consumesFeatures',
        'featuresConsumedBy',
        'mlfeatureview:default/late-features',
      ],
      [
        'mlmodel:late',
        'trainedBy',
        'trains',
        'component:default/late-pipeline',
      ],
      ['mlmodel:late', 'deployedAs', 'deploys', 'api:default/late-endpoint'],
      [
        'mldataset:late-data',
        'producedBy',
        'produces',
        'component:default/loader',
      ],
      [
        'mldataset:late-data',
        'derivedFrom',
        'sourceOf',
        'mldataset:default/raw-flights',
      ],
      [
        'mlfeatureview:late-features',
        'derivedFrom',
        'sourceOf',
        'mldataset:default/late-data',
      ],
    ];
    for (const [from, type, reverse, to] of pairs) {
      await user.untilRelation(from, type, to);
      const source = from.replace(':', ':default/');
      await user.untilRelation(to.replace('default/', ''), reverse, source);
    }
    await user.until(
      () => user.entity('airesource:house-style'),
      'the AI resource',
    );
  });

  it('keeps the sound documents of a file and refuses the broken ones alone', async () => {
    await user.register(server.url('/mixed/catalog-info.yaml'));

    await user.until(() => user.entity('mlproblem:sound-one'), 'the first');
    await user.until(() => user.entity('mlproblem:sound-two'), 'the last');
    expect(await user.entity('mlproblem:odd-risk')).toBeUndefined();
  });

  it('shows at import which document of a file is broken and why', async () => {
    const { status, body } = await user.register(
      server.url('/mixed/catalog-info.yaml'),
      '?dryRun=true',
    );

    expect(status).toBe(400);
    expect(body.error.message).toMatch(
      /Document 5 of .*catalog-info.yaml is refused: Expected object at root, got string/,
    );
  });
});
