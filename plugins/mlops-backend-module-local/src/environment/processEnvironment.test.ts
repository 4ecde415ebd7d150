import { processEnvironment } from './processEnvironment';

describe('processEnvironment', () => {
  it('passes what programs, certificates, proxies and packages need', () => {
    const needed = {
      PATH: '/usr/bin',
      HOME: '/root',
      LANG: 'fa_IR.UTF-8',
      TMPDIR: '/var/tmp',
      REQUESTS_CA_BUNDLE: '/ca',
      SSL_CERT_FILE: '/ca',
      PIP_INDEX_URL: 'http://index.example.org/simple',
      UV_CACHE_DIR: '/cache',
    };
    expect(processEnvironment(needed)).toEqual(needed);
  });

  it('keeps secrets and settings of the portal to itself', () => {
    expect(
      processEnvironment({
        BACKEND_SECRET: 'x',
        POSTGRES_PASSWORD: 'x',
        GITLAB_TOKEN: 'x',
        NODE_OPTIONS: '--require x',
        PYTHONPATH: '/x',
        LD_PRELOAD: '/x',
      }),
    ).toEqual({});
  });

  it('keeps loopback addresses away from a proxy', () => {
    expect(
      processEnvironment({ HTTP_PROXY: 'http://p', NO_PROXY: 'example.org' }),
    ).toEqual({
      HTTP_PROXY: 'http://p',
      NO_PROXY: 'example.org,127.0.0.1,localhost',
      no_proxy: 'example.org,127.0.0.1,localhost',
    });
  });
});
