import { mockServices } from '@backstage/backend-test-utils';
import { bareFolderOf, readSettings } from './settings';

function settings(data: object) {
  return readSettings(mockServices.rootConfig({ data: data as never }));
}

describe('the settings of the local engines', () => {
  it('follow the hub where they say nothing of their own', () => {
    expect(
      settings({
        backend: { baseUrl: 'http://localhost:7007/' },
        mlops: { home: '/data', access: { token: 't' } },
      }),
    ).toEqual({
      home: '/data',
      portalUrl: 'http://localhost:7007',
      gitUrl: 'http://localhost:7007/api/mlops/local/git',
      gatewayPort: 7010,
      maxConcurrentRuns: undefined,
      retention: {
        days: 30,
        keepLast: 20,
        maxBytes: 10_000_000_000,
        unusedDays: 30,
      },
      token: 't',
    });
  });

  it('say which number of the retention cannot be', () => {
    const at = (retention: object) =>
      settings({
        backend: { baseUrl: 'http://localhost:7007' },
        mlops: { home: '/data', local: { retention } },
      });
    expect(at({ days: 3 }).retention).toMatchObject({ days: 3, keepLast: 20 });
    expect(() => at({ maxBytes: -1 })).toThrow(
      'mlops.local.retention.maxBytes is -1; it must be 0 or more',
    );
    expect(() => at({ unusedDays: 0 })).toThrow(
      'mlops.local.retention.unusedDays is 0; it must be 1 or more',
    );
  });

  it('let a clone URL of ours be read from the bare folder, and no other one', () => {
    const at = settings({
      backend: { baseUrl: 'http://localhost:7007' },
      mlops: { home: '/data' },
    });
    expect(bareFolderOf(at, `${at.gitUrl}/flight-delay.git`)).toBe(
      '/data/git/flight-delay.git',
    );
    for (const url of [
      `${at.gitUrl}/../../etc/passwd.git`,
      `${at.gitUrl}/a/b.git`,
      'https://git.example/flight-delay.git',
      '/etc',
    ]) {
      expect(bareFolderOf(at, url)).toBe(url);
    }
  });
});
