import { checkPath, checkRef, checkRepositoryName } from './names';

describe('checkRepositoryName', () => {
  it.each(['a', 'flight-delay', '2024-model', 'x'.repeat(63)])(
    'accepts %s',
    name => expect(checkRepositoryName(name)).toBe(name),
  );

  it.each([
    '',
    '.',
    '..',
    '-a',
    'a-',
    'A',
    'a b',
    'a/b',
    'a.git',
    'é',
    '../../etc',
    'x'.repeat(64),
    'a\n',
  ])('refuses "%s" and says what a name looks like', name =>
    expect(() => checkRepositoryName(name)).toThrow(/lower-case letters/),
  );
});

describe('checkRef', () => {
  it.each(['main', 'feature/x', 'v1.2', 'HEAD', 'a'.repeat(40)])(
    'accepts %s',
    ref => expect(checkRef(ref)).toBe(ref),
  );

  it.each([
    '',
    '--upload-pack=touch x',
    '/main',
    'main..other',
    'main@{1}',
    'main:file',
    'main~1',
    'ma in',
    'main\0',
    'x'.repeat(256),
  ])('refuses "%s"', ref => expect(() => checkRef(ref)).toThrow('branch, tag'));
});

describe('checkPath', () => {
  it.each([
    ['', ''],
    ['/', ''],
    ['docs/', 'docs'],
    ['/docs/index.md', 'docs/index.md'],
    ['.gitlab-ci.yml', '.gitlab-ci.yml'],
    ['داده/ستون.md', 'داده/ستون.md'],
  ])('takes "%s" as "%s"', (path, plain) =>
    expect(checkPath(path)).toBe(plain),
  );

  it.each([
    '..',
    'docs/../../secret',
    './docs',
    'docs//index.md',
    '.git/config',
    'sub/.GIT/config',
    'a\0b',
  ])('refuses "%s"', path =>
    expect(() => checkPath(path)).toThrow('inside the repository'),
  );
});
