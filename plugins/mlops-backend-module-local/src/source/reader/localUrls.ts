import { InputError } from '@backstage/errors';

/** What an address of a file or folder says: `<baseUrl>/<repository>/-/<blob|raw|tree>/<ref>/<path>`. */
export interface LocalAddress {
  repository: string;
  kind: 'blob' | 'raw' | 'tree';
  /** Branch, tag or commit, then the path; a branch may hold slashes, so only the repository can tell them apart. */
  refAndPath: string;
}

const ADDRESS = /^([^/]+)\/-\/(blob|raw|tree)\/(.+)$/;

/** Whether an address belongs to the repositories under `baseUrl`. */
export function isLocalUrl(baseUrl: string, url: URL): boolean {
  const base = new URL(baseUrl);
  const prefix = `${base.pathname.replace(/\/+$/, '')}/`;
  return url.origin === base.origin && url.pathname.startsWith(prefix);
}

/** Takes an address apart. InputError if it is of another form. */
export function parseLocalUrl(baseUrl: string, url: string): LocalAddress {
  const parsed = new URL(url);
  const base = new URL(baseUrl).pathname.replace(/\/+$/, '');
  const match = isLocalUrl(baseUrl, parsed)
    ? ADDRESS.exec(decode(parsed.pathname.slice(base.length + 1), url))
    : null;
  if (!match) {
    throw new InputError(
      `${url} is not the address of a file or folder of a repository; it should look like ${baseUrl}/<repository>/-/blob/<branch>/<path>`,
    );
  }
  const [, repository, kind, refAndPath] = match;
  return { repository, kind: kind as LocalAddress['kind'], refAndPath };
}

/** The address of one file. */
export function formatLocalUrl(
  baseUrl: string,
  at: { repository: string; ref: string; path: string },
): string {
  const path = `${at.ref}/${at.path}`.split('/').map(encodeURIComponent);
  return `${baseUrl}/${at.repository}/-/blob/${path.join('/')}`;
}

function decode(path: string, url: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw new InputError(`${url} has a "%" that is no part of an escape`);
  }
}
