import { render, screen } from '@testing-library/react';
import mlopsPlugin from '@mlops-portal/plugin-mlops';
import App from './App';

jest.setTimeout(120_000);

const find = { timeout: 90_000 };

/** A guest whose token lasts an hour, as the auth backend answers it. */
function guest() {
  const part = (value: object) => btoa(JSON.stringify(value));
  const exp = Math.floor(Date.now() / 1000) + 3600;
  const claims = { sub: 'user:default/guest', ent: [], exp, iat: exp - 3600 };
  return {
    profile: { displayName: 'Guest' },
    backstageIdentity: {
      token: `${part({ alg: 'none' })}.${part(claims)}.x`,
      expiresInSeconds: 3600,
      identity: {
        type: 'user',
        userEntityRef: 'user:default/guest',
        ownershipEntityRefs: ['user:default/guest'],
      },
    },
  };
}

describe('App', () => {
  const { fetch } = global;
  beforeEach(() => {
    // Only the guest is answered; every other question fails, and the frame of the portal stands nevertheless.
    global.fetch = jest.fn(async (url: RequestInfo | URL) => {
      if (!String(url).includes('/auth/guest/refresh'))
        throw new TypeError('no backend');
      const body = guest();
      return {
        ok: true,
        status: 200,
        headers: { get: () => null },
        json: async () => body,
        text: async () => JSON.stringify(body),
      } as unknown as Response;
    });
    // What the bundler finds among the dependencies by `app.packages: all`.
    Object.assign(window, {
      '__@backstage/discovered__': {
        modules: [{ name: '@mlops-portal/plugin-mlops', default: mlopsPlugin }],
      },
    });
    process.env = {
      NODE_ENV: 'test',
      APP_CONFIG: [
        {
          context: 'test',
          data: {
            app: { title: 'Test', packages: 'all' },
            backend: { baseUrl: 'http://localhost:7007' },
          },
        },
      ] as unknown as string,
    };
  });
  afterEach(() => {
    global.fetch = fetch;
  });

  it('signs the guest in without a click and leads to every part of the loop', async () => {
    render(App.createRoot());
    const navigation = await screen.findByRole(
      'navigation',
      { name: 'Portal' },
      find,
    );
    const links = [...navigation.querySelectorAll('a')].map(a =>
      a.getAttribute('href'),
    );
    expect(links).toEqual(
      expect.arrayContaining([
        '/',
        '/ml/problems',
        '/ml/pipelines',
        '/ml/models',
        '/ml/endpoints',
        '/ml/approvals',
        '/ml/alerts',
        '/ml/lineage',
        '/ml/platform',
        '/ml/audit',
        '/ml/api',
      ]),
    );
  });

  it('says that the hub does not answer instead of staying empty', async () => {
    render(App.createRoot());
    expect(
      await screen.findByText('Home could not be loaded', {}, find),
    ).toBeInTheDocument();
    expect(screen.getByText('The hub does not answer.')).toBeInTheDocument();
  });

  it('gives the document its language and direction', async () => {
    render(App.createRoot());
    await screen.findByRole('navigation', { name: 'Portal' }, find);
    expect(document.documentElement).toHaveAttribute('lang', 'en');
    expect(document.documentElement).toHaveAttribute('dir', 'ltr');
  });
});
