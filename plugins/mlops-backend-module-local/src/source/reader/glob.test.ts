import { globExpression, isGlob } from './glob';

describe('globExpression', () => {
  it.each([
    ['catalog-info.yaml', 'catalog-info.yaml', true],
    ['catalog-info.yaml', 'catalog-infoXyaml', false],
    ['*.yaml', 'a.yaml', true],
    ['*.yaml', 'docs/a.yaml', false],
    ['**/catalog-info.yaml', 'catalog-info.yaml', true],
    ['**/catalog-info.yaml', 'a/b/catalog-info.yaml', true],
    ['**/catalog-info.yaml', 'a/xcatalog-info.yaml', false],
    ['docs/**', 'docs/a/b.md', true],
    ['a?.md', 'ab.md', true],
    ['a?.md', 'a/.md', false],
    ['*.{yaml,yml}', 'a.yml', true],
    ['*.{yaml,yml}', 'a.json', false],
    ['a+(b).md', 'a+(b).md', true],
    ['{', '{', true],
  ])('%s against %s: %s', (pattern, path, matches) =>
    expect(globExpression(pattern).test(path)).toBe(matches),
  );
});

describe('isGlob', () => {
  it('tells patterns from names', () => {
    expect(isGlob('a/*.md')).toBe(true);
    expect(isGlob('a/b.md')).toBe(false);
  });
});
