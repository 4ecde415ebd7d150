import { createTokenVerifier, tokenOf } from './access';

const basic = (pair: string) => `Basic ${Buffer.from(pair).toString('base64')}`;

describe('tokenOf', () => {
  it.each([
    ['Bearer abc', 'abc'],
    ['bearer abc', 'abc'],
    [basic('anybody:abc'), 'abc'],
    [basic(':abc'), 'abc'],
    [basic('me:a:b:c'), 'a:b:c'],
    [basic('me:رمز'), 'رمز'],
  ])('takes the token of "%s"', (header, token) =>
    expect(tokenOf(header)).toBe(token),
  );

  it.each([
    undefined,
    '',
    'Bearer',
    'Bearer ',
    'Digest x',
    basic('abc'),
    basic('me:'),
  ])('finds none in "%s"', header => expect(tokenOf(header)).toBeUndefined());
});

describe('createTokenVerifier', () => {
  it('accepts its tokens and nothing else', async () => {
    const verify = createTokenVerifier(['one-token', 'another']);
    expect(await verify('one-token')).toBe(true);
    expect(await verify('another')).toBe(true);
    for (const wrong of ['', 'one-toke', 'one-token ', 'ONE-TOKEN'])
      expect(await verify(wrong)).toBe(false);
  });

  it('accepts nothing when it has no token, not even an empty one', async () => {
    expect(await createTokenVerifier([''])('')).toBe(false);
    expect(await createTokenVerifier([])('x')).toBe(false);
  });
});
