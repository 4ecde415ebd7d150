import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DesiredEndpoint } from '@mlops-portal/plugin-mlops-node';
import { EndpointStateFile, isNews, parseDesired } from './endpointState';
import { GatewayError } from './gatewayError';

const revision = {
  id: 'r1',
  model: 'late',
  version: '1',
  artifact: { uri: '/models/late', sha256: 'a'.repeat(64), format: 'onnx' },
  signature: { task: 'binary', classes: [], inputs: [] },
};
const endpoint: DesiredEndpoint = {
  name: 'late',
  generation: 3,
  revisions: [revision],
  traffic: [{ revisionId: 'r1', percent: 100 }],
};

function refusalOf(work: () => unknown): GatewayError {
  try {
    work();
  } catch (error) {
    return error as GatewayError;
  }
  throw new Error('It was accepted');
}

describe('parseDesired', () => {
  it('takes a complete endpoint as it is', () => {
    expect(parseDesired(endpoint)).toEqual(endpoint);
  });

  it.each([
    ['a name that leaves its folder', { name: '../late' }, 'name'],
    ['a name with a slash', { name: 'a/b' }, 'name'],
    ['an empty name', { name: '' }, 'name'],
    ['a broken generation', { generation: 1.5 }, 'generation'],
    ['no revisions', { revisions: [] }, 'revisions'],
    ['a revision twice', { revisions: [revision, revision] }, 'revisions'],
    [
      'a revision id that leaves its folder',
      { revisions: [{ ...revision, id: '..' }] },
      'revisions.0.id',
    ],
    [
      'a digest that is none',
      {
        revisions: [
          { ...revision, artifact: { ...revision.artifact, sha256: 'x' } },
        ],
      },
      'revisions.0.artifact.sha256',
    ],
    [
      'a share for an unknown revision',
      { traffic: [{ revisionId: 'r9', percent: 100 }] },
      'traffic',
    ],
    [
      'two shares for one revision',
      {
        traffic: [
          { revisionId: 'r1', percent: 50 },
          { revisionId: 'r1', percent: 50 },
        ],
      },
      'traffic',
    ],
    [
      'shares that do not sum to 100',
      { traffic: [{ revisionId: 'r1', percent: 90 }] },
      'traffic',
    ],
    [
      'a negative share',
      { traffic: [{ revisionId: 'r1', percent: -1 }] },
      'traffic.0.percent',
    ],
  ])('refuses %s and names the field', (_, change, field) => {
    const error = refusalOf(() => parseDesired({ ...endpoint, ...change }));
    expect(error).toMatchObject({
      status: 400,
      errorName: 'InputError',
      field,
    });
  });
});

describe('isNews', () => {
  it('takes the first state and every later one', () => {
    expect(isNews(undefined, endpoint)).toBe(true);
    expect(isNews(endpoint, { ...endpoint, generation: 4 })).toBe(true);
  });

  it('knows what it has already', () => {
    expect(isNews(endpoint, JSON.parse(JSON.stringify(endpoint)))).toBe(false);
  });

  it('takes the same artefact at another place, as in a copied data folder', () => {
    const artifact = { ...revision.artifact, uri: '/copied/models/late' };
    const moved = { ...endpoint, revisions: [{ ...revision, artifact }] };
    expect(isNews(endpoint, moved)).toBe(true);
    expect(isNews(moved, JSON.parse(JSON.stringify(moved)))).toBe(false);
  });

  it.each([
    ['an older generation', { generation: 2 }],
    [
      'another content under the same generation',
      { revisions: [{ ...revision, version: '2' }] },
    ],
    [
      'another digest under the same revision id',
      {
        generation: 4,
        revisions: [
          {
            ...revision,
            artifact: { ...revision.artifact, sha256: 'b'.repeat(64) },
          },
        ],
      },
    ],
  ])('refuses %s', (_, change) => {
    const error = refusalOf(() => isNews(endpoint, { ...endpoint, ...change }));
    expect(error).toMatchObject({ status: 409, errorName: 'ConflictError' });
  });
});

describe('EndpointStateFile', () => {
  let folder: string;
  const stored = { desired: endpoint, traffic: endpoint.traffic, kept: [] };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'state-'));
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('reads what was written and is for its owner only', async () => {
    const path = join(folder, 'deep', 'endpoints.json');
    const file = new EndpointStateFile(path);
    expect(await file.read()).toEqual([]);
    await file.write([stored]);
    expect(await new EndpointStateFile(path).read()).toEqual([stored]);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it('does not take a damaged file for an empty one', async () => {
    const path = join(folder, 'endpoints.json');
    await writeFile(path, '{"endpoints": [');
    await expect(new EndpointStateFile(path).read()).rejects.toThrow(path);
    expect(await readFile(path, 'utf8')).toBe('{"endpoints": [');
  });
});
