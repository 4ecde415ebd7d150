import { promises as fs } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { checkGit, isNewEnough } from './checkGit';

describe('isNewEnough', () => {
  it.each([
    ['2.28.0', true],
    ['2.39.5', true],
    ['3.0', true],
    ['2.27.9', false],
    ['1.99.1', false],
  ])('%s: %s', (version, enough) => expect(isNewEnough(version)).toBe(enough));
});

describe('checkGit', () => {
  const path_ = process.env.PATH;
  let folder: string;

  beforeEach(async () => {
    folder = await fs.mkdtemp(path.join(os.tmpdir(), 'check-git-'));
  });
  afterEach(async () => {
    process.env.PATH = path_;
    await fs.rm(folder, { recursive: true });
  });
  const pretend = async (script: string) => {
    await fs.writeFile(path.join(folder, 'git'), `#!/bin/sh\n${script}\n`);
    await fs.chmod(path.join(folder, 'git'), 0o755);
    process.env.PATH = `${folder}:${path_}`;
  };

  it('tells the version of the git that is installed', async () => {
    expect(await checkGit()).toMatch(/^2\.\d+/);
  });

  it('says what to do without git', async () => {
    process.env.PATH = folder;
    await expect(checkGit()).rejects.toThrow('install it');
  });

  it('says what to do when git is too old', async () => {
    await pretend('echo git version 2.20.1');
    await expect(checkGit()).rejects.toThrow('2.28 or later');
  });

  it('says what to do when a part of git is missing', async () => {
    await pretend(
      `case "$1" in version) echo git version 2.40.1;; *) echo ${folder};; esac`,
    );
    await expect(checkGit()).rejects.toThrow('http-backend is missing');
  });
});
