import { execFile } from 'node:child_process';
import {
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { mockServices } from '@backstage/backend-test-utils';
import { processesNaming } from './__testUtils__/processesNaming';
import { PythonEnvironments } from './PythonEnvironments';

jest.setTimeout(120_000);

const run = promisify(execFile);
const logger = mockServices.logger.mock();
const options = { signal: new AbortController().signal };

describe('PythonEnvironments', () => {
  let home: string;

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'environments-'));
  });

  afterAll(async () => {
    await rm(home, { recursive: true, force: true });
  });

  const create = (changes = {}) =>
    PythonEnvironments.create({ home, logger, ...changes });
  const six = (name: string) => ({ name, requirementsText: 'six==1.17.0\n' });

  it('makes an environment that has the packages, with progress', async () => {
    const lines: string[] = [];
    const made = await create().ensure(six('first'), {
      ...options,
      onProgress: line => lines.push(line),
    });
    const { stdout } = await run(made.python, ['-c', 'import six; print(six)']);
    expect(stdout).toContain(made.bin.replace(/\/bin$/, ''));
    expect(made.bin).toMatch(
      new RegExp(`^${home}/envs/first-[0-9a-f]{12}/bin$`),
    );
    expect(lines).toContainEqual(
      expect.stringContaining('Making the environm'),
    );
  });

  it('builds once, however many ask at the same time', async () => {
    const built: string[] = [];
    const onProgress = (line: string) => built.push(line);
    const asked = [1, 2, 3].map(() =>
      create().ensure(six('shared'), { ...options, onProgress }),
    );
    const [one, two, three] = await Promise.all(asked);
    expect(two).toEqual(one);
    expect(three).toEqual(one);
    const making = built.filter(line => line.startsWith('Making'));
    expect(making).toHaveLength(1);
  });

  it('answers a made one at once, and makes another for other content', async () => {
    const path = join(home, 'requirements.txt');
    await writeFile(path, 'six==1.17.0\n');
    const request = { name: 'first', requirementsPath: path };
    const lines: string[] = [];
    const onProgress = (line: string) => lines.push(line);
    const same = await create().ensure(request, { ...options, onProgress });
    expect(lines).toEqual([]);
    await writeFile(path, 'six==1.16.0\n');
    const other = await create().ensure(request, options);
    expect(other.python).not.toBe(same.python);
  });

  it('makes one anew that was left half-made', async () => {
    const { bin } = await create().ensure(six('half'), options);
    await rm(join(bin, '..', 'complete.json'));
    await rm(join(bin, 'python'));
    const again = await create().ensure(six('half'), options);
    expect((await stat(again.python)).isFile()).toBe(true);
  });

  it('requires the digests where the file has some', async () => {
    const requirementsText = `six==1.17.0 --hash=sha256:${'0'.repeat(64)}\n`;
    const call = create().ensure(
      { name: 'digests', requirementsText },
      options,
    );
    await expect(call).rejects.toThrow(/could not be made.*[Hh]ash mismatch/s);
  });

  it('says what cannot be installed', async () => {
    const requirementsText = 'six==99.0\n';
    const call = create().ensure({ name: 'absent', requirementsText }, options);
    await expect(call).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
      message: expect.stringContaining('no version of six==99.0'),
    });
  });

  it('says that the index cannot be reached, without its password', async () => {
    const replaced = jest.replaceProperty(process, 'env', {
      ...process.env,
      UV_DEFAULT_INDEX: 'http://me:pass-word@127.0.0.1:1/simple',
      UV_CACHE_DIR: join(home, 'empty-cache'),
      UV_HTTP_RETRIES: '0',
    });
    const call = create().ensure(six('offline'), options);
    await expect(call).rejects.toThrow(
      /The package index http:\/\/\*\*\*@127.0.0.1:1\/simple cannot be reached; check the network/,
    );
    await expect(call).rejects.not.toThrow(/pass-word/);
    replaced.restore();
  });

  it('says that no fitting Python was found', async () => {
    const pythonPath = join(home, 'python-old');
    await writeFile(pythonPath, '#!/bin/sh\necho /usr/bin/python3 3 8\n');
    await chmod(pythonPath, 0o755);
    const call = create({ pythonPath }).ensure(six('old'), options);
    await expect(call).rejects.toThrow(
      `No Python 3.10 to 3.13 was found (looked for ${pythonPath}; ${pythonPath} is 3.8).`,
    );
  });

  it('says that the configured uv is no program', async () => {
    const call = create({ uvPath: '/nowhere/uv' }).ensure(six('uv'), options);
    await expect(call).rejects.toThrow('uv is configured as /nowhere/uv');
  });

  it('says that the folder cannot be written', async () => {
    const file = join(home, 'file');
    await writeFile(file, '');
    const inside = create({ home: join(file, 'home') });
    await expect(inside.ensure(six('full'), options)).rejects.toThrow(
      'cannot be made. Free space or set another one.',
    );
    const taken = join(home, 'taken');
    await mkdir(taken);
    await writeFile(join(taken, 'envs'), '');
    const call = create({ home: taken }).ensure(six('full'), options);
    await expect(call).rejects.toThrow(/cannot be made under .*taken/);
  });

  it('refuses names and requests that are not clear', async () => {
    await expect(create().ensure(six('../x'), options)).rejects.toThrow(
      "name '../x' must be",
    );
    await expect(create().ensure({ name: 'x' }, options)).rejects.toThrow(
      'needs either requirementsPath or requirementsText',
    );
    const missing = { name: 'x', requirementsPath: '/nowhere.txt' };
    await expect(create().ensure(missing, options)).rejects.toThrow(
      '/nowhere.txt',
    );
  });

  it('ends the installation when it is cancelled, and makes it the next time', async () => {
    const abort = new AbortController();
    const requirementsText = 'kfp==2.17.0\n';
    const request = { name: 'cancelled', requirementsText };
    const call = create().ensure(request, {
      signal: abort.signal,
      onProgress: () => abort.abort(),
    });
    await expect(call).rejects.toThrow('abort');
    expect(await processesNaming(join(home, 'envs', 'cancelled'))).toEqual([]);
    const made = await create().ensure(request, options);
    expect(await readdir(made.bin)).toContain('kfp');
  });
});
