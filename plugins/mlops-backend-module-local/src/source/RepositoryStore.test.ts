import { promises as fs } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { NewRepository } from '@mlops-portal/plugin-mlops-node';
import { gitText } from './git';
import { RepositoryStore } from './RepositoryStore';

jest.setTimeout(60_000);

describe('RepositoryStore', () => {
  let home: string;
  let root: string;
  let content: string;

  beforeEach(async () => {
    home = await fs.mkdtemp(path.join(os.tmpdir(), 'repositories-'));
    root = path.join(home, 'git');
    content = path.join(home, 'content');
    await fs.mkdir(path.join(content, 'src'), { recursive: true });
    await fs.writeFile(path.join(content, 'src', 'features.py'), 'x = 1\n');
  });
  afterEach(() => fs.rm(home, { recursive: true, force: true }));

  const request = (changes: Partial<NewRepository> = {}): NewRepository => ({
    name: 'flights',
    description: 'Are flights\nlate?',
    contentPath: content,
    author: { name: 'Ada', email: 'ada@example.com' },
    commitMessage: 'First version\n\nWith a body',
    idempotencyKey: 'key-1',
    ...changes,
  });
  const entries = async () => (await fs.readdir(root)).sort();

  it('makes a bare repository with one commit, its key and its description', async () => {
    const store = await RepositoryStore.open(root);
    const repository = await store.create(request(), {});
    const head = await repository.resolve('main');
    expect(await repository.commit(head)).toMatchObject({
      author: 'Ada',
      email: 'ada@example.com',
      message: 'First version\n\nWith a body',
    });
    expect(await repository.readFile(head, 'src/features.py')).toEqual(
      Buffer.from('x = 1\n'),
    );
    expect(await store.createdBy('flights')).toBe('key-1');
    expect(
      await fs.readFile(path.join(root, 'flights.git', 'description'), 'utf8'),
    ).toBe('Are flights late?\n');
    expect(await store.names()).toEqual(['flights']);
  });

  it('keeps executable bits and links inside the folder', async () => {
    await fs.writeFile(path.join(content, 'run.sh'), '#!/bin/sh\n');
    await fs.chmod(path.join(content, 'run.sh'), 0o755);
    await fs.symlink('src/features.py', path.join(content, 'link.py'));
    const store = await RepositoryStore.open(root);
    const { gitDir } = await store.create(request(), {});
    const tree = await gitText(['ls-tree', '-r', 'main'], { gitDir });
    expect(tree).toMatch(/^100755 .*run\.sh$/m);
    expect(tree).toMatch(/^120000 .*link\.py$/m);
    expect(tree).toMatch(/^100644 .*features\.py$/m);
  });

  it('leaves out what the content itself tells git to ignore', async () => {
    await fs.writeFile(path.join(content, '.gitignore'), '.venv/\n');
    await fs.mkdir(path.join(content, '.venv'));
    await fs.writeFile(path.join(content, '.venv', 'big'), 'x');
    const store = await RepositoryStore.open(root);
    const repository = await store.create(request(), {});
    const all = await repository.list(await repository.resolve('main'), '', {
      deep: true,
    });
    expect(all.map(entry => entry.path)).toEqual([
      '.gitignore',
      'src/features.py',
    ]);
  });

  it.each([
    ['leaves the folder', '../../outside'],
    ['is absolute', '/etc/passwd'],
  ])(
    'refuses a link that %s, naming it, and makes nothing',
    async (_, target) => {
      await fs.symlink(target, path.join(content, 'src', 'bad'));
      const store = await RepositoryStore.open(root);
      await expect(store.create(request(), {})).rejects.toThrow('src/bad');
      expect(await entries()).toEqual([]);
    },
  );

  it('refuses a folder inside which lies another repository', async () => {
    await fs.mkdir(path.join(content, 'src', '.git'));
    const store = await RepositoryStore.open(root);
    await expect(store.create(request(), {})).rejects.toThrow('src/.git');
  });

  it('refuses a folder that is missing or empty', async () => {
    const store = await RepositoryStore.open(root);
    const empty = path.join(home, 'empty');
    await fs.mkdir(empty);
    for (const contentPath of [empty, path.join(home, 'missing')])
      await expect(store.create(request({ contentPath }), {})).rejects.toThrow(
        'contentPath',
      );
  });

  it('gives a name to one of two that ask for it at the same time', async () => {
    const store = await RepositoryStore.open(root);
    const results = await Promise.allSettled(
      ['key-1', 'key-2', 'key-3'].map(idempotencyKey =>
        store.create(request({ idempotencyKey }), {}),
      ),
    );
    const refused = results.filter(({ status }) => status === 'rejected');
    expect(refused).toHaveLength(2);
    expect((refused[0] as PromiseRejectedResult).reason).toMatchObject({
      name: 'ConflictError',
      message: expect.stringContaining('choose another name'),
    });
    expect(await entries()).toEqual(['flights.git']);
  });

  it('leaves nothing half-made when it is cancelled, and a retry succeeds', async () => {
    const store = await RepositoryStore.open(root);
    const controller = new AbortController();
    const creating = store.create(request(), { signal: controller.signal });
    setTimeout(() => controller.abort(), 10);
    await expect(creating).rejects.toBeDefined();
    expect(await entries()).toEqual([]);
    await store.create(request(), {});
    expect(await entries()).toEqual(['flights.git']);
  });

  it('clears what an interrupted process left', async () => {
    await fs.mkdir(path.join(root, '.new-1234.git'), { recursive: true });
    await RepositoryStore.open(root);
    expect(await entries()).toEqual([]);
  });

  it('does not read the settings of whoever started the portal', async () => {
    const settings = path.join(home, 'gitconfig');
    await fs.writeFile(
      settings,
      '[commit]\n\tgpgsign = true\n[core]\n\tautocrlf = input\n',
    );
    const before = process.env.GIT_CONFIG_GLOBAL;
    process.env.GIT_CONFIG_GLOBAL = settings;
    try {
      await fs.writeFile(path.join(content, 'dos.txt'), 'a\r\nb\r\n');
      const store = await RepositoryStore.open(root);
      const repository = await store.create(request(), {});
      const head = await repository.resolve('main');
      expect((await repository.readFile(head, 'dos.txt')).toString()).toBe(
        'a\r\nb\r\n',
      );
    } finally {
      if (before === undefined) delete process.env.GIT_CONFIG_GLOBAL;
      else process.env.GIT_CONFIG_GLOBAL = before;
    }
  });
});
