import { promises as fs } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {
  UrlReaders,
  urlReaderServiceFactory,
} from '@backstage/backend-defaults/urlReader';
import {
  coreServices,
  createBackendPlugin,
  type UrlReaderService,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { git } from '../git';
import { RepositoryStore } from '../RepositoryStore';
import {
  createLocalUrlReaderFactory,
  createLocalUrlReaderServiceFactory,
} from './createLocalUrlReaderFactory';

jest.setTimeout(60_000);

const BASE = 'http://127.0.0.1:7007/api/mlops/local/git';
const CATALOG_INFO = `${BASE}/flights/-/blob/main/catalog-info.yaml`;

describe('LocalUrlReader', () => {
  let home: string;
  let root: string;
  let reader: UrlReaderService;

  beforeAll(async () => {
    home = await fs.mkdtemp(path.join(os.tmpdir(), 'reader-'));
    root = path.join(home, 'git');
    const content = path.join(home, 'content');
    await fs.mkdir(path.join(content, 'docs', 'more'), { recursive: true });
    const write = (file: string, text: string) =>
      fs.writeFile(path.join(content, file), text);
    await write('catalog-info.yaml', 'kind: MLProblem\n');
    await write('mkdocs.yml', 'site_name: Flights\n');
    await write('docs/index.md', '# Flights\n');
    await write('docs/more/deep.md', '# Deep\n');
    const store = await RepositoryStore.open(root);
    await store.create(
      {
        name: 'flights',
        description: '',
        contentPath: content,
        author: { name: 'Ada', email: 'ada@example.com' },
        commitMessage: 'First',
        idempotencyKey: 'key',
      },
      {},
    );
    reader = UrlReaders.default({
      config: mockServices.rootConfig(),
      logger: mockServices.logger.mock(),
      factories: [createLocalUrlReaderFactory({ baseUrl: `${BASE}/`, root })],
    });
  });
  afterAll(() => fs.rm(home, { recursive: true, force: true }));

  it('reads a file with its etag and the time of its last change', async () => {
    const answer = await reader.readUrl(CATALOG_INFO);
    expect((await answer.buffer()).toString()).toBe('kind: MLProblem\n');
    expect(answer.etag).toMatch(/^[0-9a-f]{40}$/);
    expect(Date.now() - answer.lastModifiedAt!.getTime()).toBeLessThan(60_000);
  });

  it('says NotModified for what the asker has already', async () => {
    const { etag, lastModifiedAt } = await reader.readUrl(CATALOG_INFO);
    const notModified = { name: 'NotModifiedError' };
    await expect(reader.readUrl(CATALOG_INFO, { etag })).rejects.toMatchObject(
      notModified,
    );
    await expect(
      reader.readUrl(CATALOG_INFO, { lastModifiedAfter: lastModifiedAt }),
    ).rejects.toMatchObject(notModified);
    await expect(reader.search(CATALOG_INFO, { etag })).rejects.toMatchObject(
      notModified,
    );
    const tree = await reader.readTree(`${BASE}/flights/-/tree/main`);
    await expect(
      reader.readTree(`${BASE}/flights/-/tree/main`, { etag: tree.etag }),
    ).rejects.toMatchObject(notModified);
  });

  it('keeps the etag of a file when a push changes others', async () => {
    const before = await reader.readUrl(CATALOG_INFO);
    const folder = path.join(home, 'clone');
    const gitDir = path.join(root, 'flights.git');
    await git(['clone', '--quiet', gitDir, folder]);
    await fs.writeFile(path.join(folder, 'docs', 'index.md'), '# Changed\n');
    const identity = ['-c', 'user.name=A', '-c', 'user.email=a@b'];
    await git([...identity, 'commit', '-qam', 'Docs'], { cwd: folder });
    await git(['push', '--quiet'], { cwd: folder });
    const after = await reader.readUrl(CATALOG_INFO);
    expect(after.etag).toBe(before.etag);
    expect(
      (
        await (
          await reader.readUrl(`${BASE}/flights/-/blob/main/docs/index.md`)
        ).buffer()
      ).toString(),
    ).toBe('# Changed\n');
  });

  it('finds the documentation from where the catalog found the entity', async () => {
    // `backstage.io/techdocs-ref: dir:.` is resolved against the entity's location in this way.
    const target = new URL('.', CATALOG_INFO).toString();
    const tree = await reader.readTree(target);
    const folder = await tree.dir({
      targetDir: await fs.mkdtemp(path.join(home, 'docs-')),
    });
    expect((await fs.readdir(folder)).sort()).toEqual([
      'catalog-info.yaml',
      'docs',
      'mkdocs.yml',
    ]);
  });

  it('reads a folder with paths from there, filtered', async () => {
    const tree = await reader.readTree(`${BASE}/flights/-/tree/main/docs`, {
      filter: file => file.endsWith('deep.md'),
    });
    const files = await tree.files();
    expect(files.map(file => file.path)).toEqual(['more/deep.md']);
    expect((await files[0].content()).toString()).toBe('# Deep\n');
  });

  it('searches one file, several by a pattern, or none', async () => {
    const found = async (target: string) =>
      (await reader.search(`${BASE}/flights/-/blob/main/${target}`)).files.map(
        ({ url }) => url,
      );
    expect(await found('mkdocs.yml')).toEqual([
      `${BASE}/flights/-/blob/main/mkdocs.yml`,
    ]);
    expect(await found('**/*.md')).toEqual([
      `${BASE}/flights/-/blob/main/docs/index.md`,
      `${BASE}/flights/-/blob/main/docs/more/deep.md`,
    ]);
    expect(await found('none.yaml')).toEqual([]);
    const { files } = await reader.search(
      `${BASE}/flights/-/blob/main/docs/*.md`,
    );
    expect((await files[0].content()).toString()).toContain('#');
  });

  it.each([
    `${BASE}/other/-/blob/main/catalog-info.yaml`,
    `${BASE}/flights/-/blob/other/catalog-info.yaml`,
    `${BASE}/flights/-/blob/main/none.yaml`,
  ])('knows nothing of %s', async url =>
    expect(reader.readUrl(url)).rejects.toMatchObject({
      name: 'NotFoundError',
    }),
  );

  it.each([
    `${BASE}/flights/-/blob/main/..%2f..%2f..%2fetc%2fpasswd`,
    `${BASE}/..%2fflights/-/blob/main/x`,
    `${BASE}/flights/-/blob/--help/x`,
  ])('refuses %s', async url =>
    expect(reader.readUrl(url)).rejects.toMatchObject({ name: 'InputError' }),
  );

  it('leaves other addresses to other readers', async () => {
    await expect(
      reader.readUrl('http://127.0.0.1:7007/api/catalog/entities'),
    ).rejects.toMatchObject({ name: 'NotAllowedError' });
  });

  it('is given to every plugin of a backend by its service factory', async () => {
    let given: UrlReaderService | undefined;
    const backend = await startTestBackend({
      features: [
        urlReaderServiceFactory,
        createLocalUrlReaderServiceFactory(config => ({
          baseUrl: config.getString('base'),
          root,
        })),
        mockServices.rootConfig.factory({ data: { base: BASE } }),
        createBackendPlugin({
          pluginId: 'asker',
          register(env) {
            env.registerInit({
              deps: { urlReader: coreServices.urlReader },
              async init({ urlReader }) {
                given = urlReader;
              },
            });
          },
        }),
      ],
    });
    const answer = await given!.readUrl(CATALOG_INFO);
    expect((await answer.buffer()).toString()).toBe('kind: MLProblem\n');
    await backend.stop();
  });
});
