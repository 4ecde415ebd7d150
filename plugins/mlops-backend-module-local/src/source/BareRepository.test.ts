import { promises as fs } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { BareRepository } from './BareRepository';
import { git, gitText } from './git';
import { RepositoryStore } from './RepositoryStore';

jest.setTimeout(60_000);

describe('BareRepository', () => {
  let home: string;
  let repository: BareRepository;
  let head: string;

  beforeAll(async () => {
    home = await fs.mkdtemp(path.join(os.tmpdir(), 'bare-'));
    const content = path.join(home, 'content');
    await fs.mkdir(path.join(content, 'docs'), { recursive: true });
    await fs.writeFile(path.join(content, 'docs', 'index.md'), '# Docs\n');
    await fs.writeFile(path.join(content, 'ستون.md'), 'نام\n');
    await fs.symlink('docs/index.md', path.join(content, 'link'));
    const store = await RepositoryStore.open(path.join(home, 'git'));
    repository = await store.create(
      {
        name: 'bare',
        description: '',
        contentPath: content,
        author: { name: 'Ada', email: 'ada@example.com' },
        commitMessage: 'First',
        idempotencyKey: 'key',
      },
      {},
    );
    head = await repository.resolve('main');
    const { gitDir } = repository;
    await git(['branch', 'feature/docs', 'main'], { gitDir });
    await git(['tag', 'v1', 'main'], { gitDir });
  });
  afterAll(() => fs.rm(home, { recursive: true, force: true }));

  it('finds branches, tags, commits and HEAD', async () => {
    for (const ref of ['main', 'feature/docs', 'v1', 'HEAD', head])
      expect(await repository.resolve(ref)).toBe(head);
    expect([...(await repository.branches()).keys()]).toEqual([
      'feature/docs',
      'main',
    ]);
  });

  it.each(['other', 'a'.repeat(40), 'docs'])('knows no ref %s', async ref =>
    expect(repository.resolve(ref)).rejects.toMatchObject({
      name: 'NotFoundError',
      message: expect.stringContaining(ref),
    }),
  );

  it.each(['--help', '../main', 'main:docs', 'main^{tree}'])(
    'refuses %s as a ref',
    async ref =>
      expect(repository.resolve(ref)).rejects.toMatchObject({
        name: 'InputError',
      }),
  );

  it('tells a branch with a slash from a path', async () => {
    expect(await repository.split('feature/docs/docs/index.md')).toEqual({
      ref: 'feature/docs',
      commit: head,
      path: 'docs/index.md',
    });
    expect(await repository.split('main/docs')).toMatchObject({
      ref: 'main',
      path: 'docs',
    });
    expect(await repository.split('main')).toMatchObject({ path: '' });
    await expect(repository.split('feature/other/x')).rejects.toThrow(
      '"feature"',
    );
  });

  it('reads files, and none through a link or beyond the root', async () => {
    const text = async (file: string) =>
      (await repository.readFile(head, file)).toString();
    expect(await text('docs/index.md')).toBe('# Docs\n');
    expect(await text('ستون.md')).toBe('نام\n');
    expect(await text('link')).toBe('docs/index.md');
    for (const none of ['docs', 'missing', 'docs/index.md/x', 'link/x'])
      await expect(repository.readFile(head, none)).rejects.toMatchObject({
        name: 'NotFoundError',
      });
    await expect(
      repository.readFile(head, '../../etc/passwd'),
    ).rejects.toMatchObject({ name: 'InputError' });
    await expect(
      repository.readFile(head, 'docs/index.md\nmain:docs'),
    ).rejects.toBeDefined();
  });

  it('lists a folder with types and sizes', async () => {
    expect(await repository.list(head, '')).toEqual([
      { path: 'docs', type: 'folder' },
      { path: 'link', type: 'link' },
      { path: 'ستون.md', type: 'file', size: 7 },
    ]);
    expect(await repository.list(head, 'docs')).toEqual([
      { path: 'docs/index.md', type: 'file', size: 7 },
    ]);
    await expect(repository.list(head, 'none')).rejects.toThrow('"none"');
  });

  it('packs a folder, and fails aloud when it cannot', async () => {
    const tar = await buffer(repository.archive(head, { path: 'docs' }));
    expect(tar.includes('index.md')).toBe(true);
    expect(tar.includes('docs/')).toBe(false);
    await expect(buffer(repository.archive('b'.repeat(40)))).rejects.toThrow(
      'git archive failed',
    );
  });

  it('gives the same id to the same content and the time of its last change', async () => {
    const { gitDir } = repository;
    const before = await repository.objectId(head, 'docs');
    const tree = await gitText(['rev-parse', 'main^{tree}'], { gitDir });
    const later = await gitText(
      ['commit-tree', tree, '-p', head, '-m', 'Nothing changes'],
      {
        gitDir,
        env: {
          GIT_AUTHOR_NAME: 'Ada',
          GIT_AUTHOR_EMAIL: 'a@b',
          GIT_COMMITTER_NAME: 'Ada',
          GIT_COMMITTER_EMAIL: 'a@b',
          GIT_COMMITTER_DATE: '2040-01-01T00:00:00Z',
        },
      },
    );
    expect(await repository.objectId(later, 'docs')).toBe(before);
    expect(await repository.changedAt(later, 'docs')).toEqual(
      await repository.changedAt(head, ''),
    );
    await expect(repository.objectId(head, 'none')).rejects.toThrow('"none"');
  });
});
