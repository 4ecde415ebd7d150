import { createMask, secretValues } from './masking';

describe('secretValues', () => {
  it('takes variables with a telling name and nothing else', () => {
    expect(
      secretValues({
        PORTAL_TOKEN: 'token-value',
        AWS_SECRET_ACCESS_KEY: 'secret-value',
        db_password: 'password-value',
        PORTAL_URL: 'http://127.0.0.1:7007',
        OMP_NUM_THREADS: '1',
      }).sort(),
    ).toEqual(['password-value', 'secret-value', 'token-value']);
  });

  it('finds secrets inside of JSON', () => {
    expect(
      secretValues({
        OPENLINEAGE__TRANSPORT: JSON.stringify({
          type: 'http',
          auth: { type: 'api_key', apiKey: 'lineage-key' },
        }),
      }),
    ).toEqual(['lineage-key']);
  });

  it('leaves out what is too short to be told from other text', () => {
    expect(secretValues({ TOKEN: '1', OTHER_TOKEN: 'true' })).toEqual([]);
  });

  it('takes each line of a secret of several lines', () => {
    expect(secretValues({ PRIVATE_KEY: 'begin-key\nmiddle-key' })).toEqual([
      'begin-key\nmiddle-key',
      'middle-key',
      'begin-key',
    ]);
  });
});

describe('createMask', () => {
  it('hides every occurrence, the longer of two first', () => {
    const mask = createMask(
      secretValues({ A_TOKEN: 'abcdef', B_TOKEN: 'abcdef-more' }),
    );
    expect(mask('x abcdef y abcdef-more z abcdef')).toBe(
      'x [masked] y [masked] z [masked]',
    );
  });

  it('takes a secret as text, not as a pattern', () => {
    expect(createMask(['a.c$&*('])('abc a.c$&*(')).toBe('abc [masked]');
  });
});
