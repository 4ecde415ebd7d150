import { InputError } from '@backstage/errors';

const NAME = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** The name itself, if it can be a repository: 1 to 63 lower-case letters, digits and dashes. InputError otherwise. */
export function checkRepositoryName(name: string): string {
  if (typeof name !== 'string' || !NAME.test(name)) {
    throw new InputError(
      `"${name}" cannot be the name of a repository: use 1 to 63 lower-case letters, digits and dashes, with no dash at either end`,
    );
  }
  return name;
}

/** A branch, tag or commit as people write it; what git would read as an option, a range or a path is refused. */
export function checkRef(ref: string): string {
  const unsafe =
    ref === '' ||
    ref.length > 255 ||
    ref.startsWith('-') ||
    ref.startsWith('/') ||
    ref.includes('..') ||
    ref.includes('@{') ||
    // eslint-disable-next-line no-control-regex
    /[\x00-\x20\x7f~^:?*[\\]/.test(ref);
  if (unsafe) {
    throw new InputError(
      `"${ref}" cannot be a branch, tag or commit; use its plain name`,
    );
  }
  return ref;
}

/** A path inside a repository without leading or trailing slash; '' is its root. Nothing that climbs out passes. */
export function checkPath(path: string): string {
  const plain = path.replace(/^\/+|\/+$/g, '');
  const segments = plain === '' ? [] : plain.split('/');
  const unsafe = segments.some(
    segment =>
      segment === '' ||
      segment === '.' ||
      segment === '..' ||
      segment.toLowerCase() === '.git' ||
      // eslint-disable-next-line no-control-regex
      /[\x00-\x1f\x7f]/.test(segment),
  );
  if (unsafe) {
    throw new InputError(
      `"${path}" is not a path inside the repository; write it from the root, without "." or ".."`,
    );
  }
  return plain;
}
