import { lstat, readdir, realpath } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InputError } from '@backstage/errors';

/**
 * Real path of the folder at `uri` (absolute path or file:// URL), which must be inside one of `allowedRoots` (real paths).
 * InputError otherwise, also for `..` and for symbolic links on the way.
 */
export async function sourceFolder(
  uri: string,
  allowedRoots: string[],
): Promise<string> {
  const path = pathOf(uri);
  let real: string;
  try {
    real = await realpath(path);
  } catch (error) {
    throw new InputError(
      `The artefact's folder ${uri} does not exist; the run that made it may have been removed.`,
      error,
    );
  }
  const roots = await Promise.all(
    allowedRoots.map(root => realpath(root).catch(() => root)),
  );
  if (!roots.some(root => isInside(real, root))) {
    throw new InputError(
      `The artefact's folder ${uri} is outside the allowed folders (${allowedRoots.join(
        ', ',
      )}).`,
    );
  }
  if (!(await lstat(real)).isDirectory()) {
    throw new InputError(`The artefact at ${uri} is not a folder.`);
  }
  return real;
}

/** Relative names ('/' between parts) of all files below; InputError for anything that is neither file nor folder. */
export async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, {
    recursive: true,
    withFileTypes: true,
  });
  return entries.flatMap(entry => {
    const name = relative(folder, join(entry.parentPath, entry.name))
      .split(sep)
      .join('/');
    if (entry.isDirectory()) {
      return [];
    }
    if (!entry.isFile()) {
      throw new InputError(
        `'${name}' in the artefact is a symbolic link or no plain file; only files are taken.`,
      );
    }
    return [name];
  });
}

function pathOf(uri: string): string {
  let path = uri;
  if (uri.startsWith('file:')) {
    try {
      path = fileURLToPath(uri);
    } catch (error) {
      throw new InputError(`The artefact's uri '${uri}' is not valid.`, error);
    }
  }
  if (!isAbsolute(path) || path.includes('\0')) {
    throw new InputError(
      `The artefact's uri '${uri}' must be an absolute path or a file:// URL.`,
    );
  }
  if (path.split(/[\\/]/).includes('..')) {
    throw new InputError(`The artefact's uri '${uri}' must not hold '..'.`);
  }
  return path;
}

function isInside(path: string, root: string): boolean {
  const way = relative(root, path);
  return way !== '' && !way.startsWith('..') && !isAbsolute(way);
}
