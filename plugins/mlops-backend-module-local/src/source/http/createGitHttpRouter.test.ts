import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { promises as fs } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { writeContent } from '../__testUtils__/conformanceContent';
import {
  startEngine,
  StartedEngine,
  TOKEN,
} from '../__testUtils__/startEngine';

jest.setTimeout(120_000);

const run = promisify(execFile);
const signal = new AbortController().signal;

describe('createGitHttpRouter', () => {
  let started: StartedEngine;
  let content: string;

  beforeAll(async () => {
    started = await startEngine({ maxRequestBytes: 2 * 1024 * 1024 });
    content = await writeContent(started.home, 'none');
    await fs.mkdir(path.join(content, 'docs'));
    await fs.writeFile(
      path.join(content, 'docs', 'page.html'),
      '<script>alert(1)</script>',
    );
    await fs.writeFile(path.join(content, 'image.png'), Buffer.from([0, 1, 2]));
    await started.engine.createRepository(
      {
        name: 'served',
        description: '',
        contentPath: content,
        author: { name: 'Ada', email: 'ada@example.com' },
        commitMessage: 'First',
        idempotencyKey: 'served',
      },
      { signal },
    );
  });
  afterAll(() => started.dispose());

  const ask = (where: string, init: RequestInit & { token?: string } = {}) => {
    const { token = TOKEN, ...rest } = init;
    return fetch(`${started.baseUrl}${where}`, {
      ...rest,
      headers: { authorization: `Bearer ${token}`, ...rest.headers },
    });
  };
  const git = (folder: string, ...args: string[]) =>
    run('git', ['-c', 'user.name=A', '-c', 'user.email=a@b', ...args], {
      cwd: folder,
      env: { ...process.env, GIT_TERMINAL_PROMPT: '0' },
    });
  const clone = async (name: string) => {
    const url = new URL(`${started.baseUrl}/served.git`);
    url.username = 'me';
    url.password = TOKEN;
    const folder = path.join(started.home, name);
    await git(started.home, 'clone', '--quiet', url.toString(), folder);
    return folder;
  };

  it.each([
    ['GET', '/served.git/info/refs?service=git-upload-pack'],
    ['GET', '/served.git/info/refs?service=git-receive-pack'],
    ['POST', '/served.git/git-upload-pack'],
    ['POST', '/served.git/git-receive-pack'],
    ['GET', '/served/-/raw/main/README.md'],
    ['GET', '/served/-/blob/main/README.md'],
    ['GET', '/served/-/tree/main/docs'],
    ['GET', '/served/-/archive/main.tar'],
    ['GET', '/not-there/-/tree/main'],
    ['GET', '/'],
  ])('answers 401 to %s %s without the right token', async (method, where) => {
    for (const headers of [
      {},
      { authorization: 'Bearer wrong' },
      { authorization: `Basic ${Buffer.from('me:wrong').toString('base64')}` },
      { authorization: `Basic ${Buffer.from(`${TOKEN}:`).toString('base64')}` },
    ]) {
      const answer = await fetch(`${started.baseUrl}${where}`, {
        method,
        headers: headers as Record<string, string>,
      });
      expect(answer.status).toBe(401);
      expect(answer.headers.get('www-authenticate')).toContain('Basic realm=');
      expect(await answer.text()).toContain('access token');
    }
  });

  it('gives the token to no page: wrong ones are not repeated', async () => {
    const answer = await ask('/served/-/tree/main', { token: 'guess-4711' });
    expect(await answer.text()).not.toContain('guess-4711');
  });

  it('shows files as harmless text, whatever they are', async () => {
    for (const kind of ['raw', 'blob']) {
      const answer = await ask(`/served/-/${kind}/main/docs/page.html`);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toBe(
        'text/plain; charset=utf-8',
      );
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      expect(answer.headers.get('content-security-policy')).toContain(
        'sandbox',
      );
      expect(await answer.text()).toBe('<script>alert(1)</script>');
    }
    const image = await ask('/served/-/raw/main/image.png');
    expect(image.headers.get('content-type')).toBe('application/octet-stream');
  });

  it('lists folders as JSON', async () => {
    const answer = await ask('/served/-/tree/main/docs');
    expect(await answer.json()).toEqual({
      repository: 'served',
      ref: 'main',
      commit: expect.stringMatching(/^[0-9a-f]{40}$/),
      path: 'docs',
      entries: [{ path: 'docs/page.html', type: 'file', size: 25 }],
    });
    const root = await (await ask('/served/-/tree/main')).json();
    expect(root.entries).toContainEqual({ path: 'docs', type: 'folder' });
  });

  it('packs a ref as a tar whose folder is named by repository and commit', async () => {
    const answer = await ask('/served/-/archive/main.tar');
    expect(answer.headers.get('content-disposition')).toMatch(
      /served-[0-9a-f]{8}\.tar/,
    );
    const file = path.join(started.home, 'archive.tar');
    await fs.writeFile(file, Buffer.from(await answer.arrayBuffer()));
    const { stdout } = await run('tar', ['-tf', file]);
    expect(stdout).toMatch(/^served-[0-9a-f]{8}\/docs\/page\.html$/m);
    expect((await ask('/served/-/archive/main.zip')).status).toBe(400);
  });

  it.each([
    '/served/-/raw/main/..%2f..%2fconfig',
    '/served/-/raw/main/%2e%2e/%2e%2e/config',
    '/served/-/raw/main/docs%2f..%2f..%2f..%2fetc%2fpasswd',
    '/served/-/raw/--output=x/README.md',
    '/served/-/raw/main/.git/config',
    '/..%2fserved/-/raw/main/README.md',
    '/%2e%2e%2fgit%2fserved.git/info/refs?service=git-upload-pack',
    '/served/-/archive/--output=%2ftmp%2fx.tar',
    '/SERVED/-/tree/main',
  ])('refuses %s', async where => {
    const answer = await ask(where);
    expect([400, 404]).toContain(answer.status);
    expect(await answer.text()).not.toContain('root:');
  });

  it.each([
    '/other.git/info/refs?service=git-upload-pack',
    '/served.git/info/refs',
    '/served.git/info/refs?service=git-upload-archive',
    '/served.git/HEAD',
    '/served.git/config',
    '/served.git/objects/info/packs',
    '/served/-/raw/other/README.md',
    '/served/-/raw/main/none.md',
    '/served/-/tree/main/none',
  ])('answers 404 to %s', async where =>
    expect((await ask(where)).status).toBe(404),
  );

  it('serves fetch and shallow clones of what was pushed meanwhile', async () => {
    const one = await clone('one');
    const two = await clone('two');
    await fs.writeFile(path.join(one, 'new.txt'), 'new');
    await git(one, 'add', '.');
    await git(one, 'commit', '--quiet', '-m', 'New');
    await git(one, 'push', '--quiet');
    await git(two, 'pull', '--quiet');
    expect(await fs.readFile(path.join(two, 'new.txt'), 'utf8')).toBe('new');
    const { stdout: url } = await git(one, 'remote', 'get-url', 'origin');
    await git(
      started.home,
      'clone',
      '--quiet',
      '--depth=1',
      url.trim(),
      'three',
    );
  });

  it('refuses a push over the limit, says so, and leaves the branch where it was', async () => {
    const folder = await clone('large');
    const { stdout: before } = await git(folder, 'rev-parse', 'HEAD');
    await fs.writeFile(path.join(folder, 'big'), randomBytes(3 * 1024 * 1024));
    await git(folder, 'add', '.');
    await git(folder, 'commit', '--quiet', '-m', 'Big');
    await expect(git(folder, 'push')).rejects.toThrow(/413/);
    const { headCommit } = await started.engine.getRepository('served', {
      signal,
    });
    expect(headCommit).toBe(before.trim());
    const declared = await ask('/served.git/git-receive-pack', {
      method: 'POST',
      body: randomBytes(3 * 1024 * 1024),
    });
    expect(declared.status).toBe(413);
    expect(await declared.text()).toContain('larger than');
  });

  it('answers nonsense with an error, not with a hanging request', async () => {
    const answer = await ask('/served.git/git-receive-pack', {
      method: 'POST',
      headers: { 'content-type': 'application/x-git-receive-pack-request' },
      body: 'nonsense',
    });
    await answer.arrayBuffer();
    const wrongType = await ask('/served.git/git-upload-pack', {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: '0000',
    });
    expect(wrongType.status).toBe(415);
  });
});
