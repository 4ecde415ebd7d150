import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { checkPaths, withFolder } from './repositoryFiles';

const file = (path: string, executable = false) => ({
  path,
  content: `of ${path}`,
  executable,
});

describe('checkPaths', () => {
  it('takes paths inside the repository, in any script', () => {
    const paths = ['README.md', 'src/features.py', '.gitlab-ci.yml', 'داده/x'];
    expect(() => checkPaths(paths.map(path => file(path)))).not.toThrow();
  });

  it.each([
    ['/etc/passwd', 'is absolute'],
    ['C:/x', 'is absolute'],
    ['../up', 'must stay inside'],
    ['a/../../up', 'must stay inside'],
    ['a//b', 'has an empty part'],
    ['./a', 'must stay inside'],
    ['a\\b', 'backslash'],
    ['a\0b', 'control character'],
    ['.git/hooks/post-commit', 'is inside .git'],
    ['sub/.GIT/config', 'is inside .git'],
    ['x'.repeat(301), 'longer than 300'],
  ])('refuses %j', (path, why) => {
    expect(() => checkPaths([file('ok'), file(path)])).toThrow(why);
    expect(() => checkPaths([file('ok'), file(path)])).toThrow('files.1.path');
  });

  it('refuses a path that is there twice, or is file and folder', () => {
    expect(() => checkPaths([file('a'), file('a')])).toThrow('there twice');
    expect(() => checkPaths([file('a/b'), file('a')])).toThrow(
      'is a file and a folder',
    );
  });
});

describe('withFolder', () => {
  it('gives the files as a folder and removes it', async () => {
    const files = [file('ci/run', true), file('README.md')];
    const folder = await withFolder(files, async at => {
      expect(readFileSync(join(at, 'README.md'), 'utf8')).toBe('of README.md');
      expect(statSync(join(at, 'ci/run')).mode % 0o1000).toBe(0o755);
      return at;
    });
    expect(existsSync(folder)).toBe(false);
  });

  it('removes the folder when its use fails', async () => {
    let folder = '';
    const use = withFolder([file('a')], async at => {
      folder = at;
      throw new Error('no');
    });
    await expect(use).rejects.toThrow('no');
    expect(existsSync(folder)).toBe(false);
  });
});
