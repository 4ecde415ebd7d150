import { formatLocalUrl, isLocalUrl, parseLocalUrl } from './localUrls';

const BASE = 'http://127.0.0.1:7007/api/mlops/local/git';

describe('isLocalUrl', () => {
  it.each([
    [`${BASE}/flights/-/blob/main/catalog-info.yaml`, true],
    [`${BASE}/flights.git`, true],
    [`${BASE}`, false],
    [`${BASE}-other/flights/-/blob/main/x`, false],
    ['http://127.0.0.1:7008/api/mlops/local/git/a/-/blob/main/x', false],
    ['https://127.0.0.1:7007/api/mlops/local/git/a/-/blob/main/x', false],
    ['http://127.0.0.1:7007/api/catalog', false],
  ])('%s: %s', (url, local) =>
    expect(isLocalUrl(BASE, new URL(url))).toBe(local),
  );
});

describe('parseLocalUrl', () => {
  it('takes an address apart and decodes it', () => {
    expect(
      parseLocalUrl(BASE, `${BASE}/flights/-/tree/main/my%20docs/%D8%B3.md`),
    ).toEqual({
      repository: 'flights',
      kind: 'tree',
      refAndPath: 'main/my docs/س.md',
    });
  });

  it('takes back what formatLocalUrl makes', () => {
    const at = { repository: 'a', ref: 'feature/x', path: 'my docs/a#b?.md' };
    expect(parseLocalUrl(BASE, formatLocalUrl(BASE, at)).refAndPath).toBe(
      'feature/x/my docs/a#b?.md',
    );
  });

  it.each([
    `${BASE}/flights`,
    `${BASE}/flights/-/blob/`,
    `${BASE}/flights/-/edit/main/x`,
    `${BASE}/a/b/-/blob/main/x`,
    `${BASE}/flights/-/blob/main/%zz`,
    'http://example.com/flights/-/blob/main/x',
  ])('refuses %s', url =>
    expect(() => parseLocalUrl(BASE, url)).toThrow(
      expect.objectContaining({ name: 'InputError' }),
    ),
  );
});
