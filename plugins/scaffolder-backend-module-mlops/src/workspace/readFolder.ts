import { promises as fs } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';

/** A file as the hub takes it: path with slashes, text in UTF-8. */
export interface RepositoryFile {
  path: string;
  content: string;
  executable: boolean;
}

const MAX_FILES = 1000;
const MAX_BYTES = 20 * 1024 * 1024;
const decoder = new TextDecoder('utf-8', { fatal: true });

/**
 * Every file under `folder`, sorted by path; `.git` is left out.
 *
 * @throws InputError for a link, a file that is not text, too many files or too many bytes
 */
export async function readFolder(
  workspacePath: string,
  folder: string,
): Promise<RepositoryFile[]> {
  const root = resolveSafeChildPath(workspacePath, folder);
  const paths: string[] = [];
  const there = await fs.stat(root).catch(() => undefined);
  if (there?.isDirectory()) await collect(root, root, paths);
  if (!paths.length) {
    // A task that goes on after a restart may find its workspace cleared.
    throw new InputError(
      `The folder ${folder} of the workspace has no files to make a repository of; create the problem anew`,
    );
  }
  const files: RepositoryFile[] = [];
  let bytes = 0;
  for (const path of paths.sort()) {
    const file = join(root, path);
    const { size, mode } = await fs.stat(file);
    bytes += size;
    if (bytes > MAX_BYTES) {
      throw new InputError(
        `The rendered repository is larger than ${MAX_BYTES} bytes (at ${path})`,
      );
    }
    files.push({
      path: path.split(sep).join('/'),
      content: textOf(await fs.readFile(file), path),
      executable: Math.floor(mode / 0o100) % 2 === 1,
    });
  }
  return files;
}

async function collect(
  root: string,
  folder: string,
  paths: string[],
): Promise<void> {
  for (const entry of await fs.readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    const name = relative(root, path);
    if (entry.isDirectory()) {
      if (name !== '.git') await collect(root, path, paths);
    } else if (!entry.isFile()) {
      throw new InputError(`${name} is neither a file nor a folder`);
    } else if (paths.push(name) > MAX_FILES) {
      throw new InputError(
        `The rendered repository has more than ${MAX_FILES} files`,
      );
    }
  }
}

function textOf(content: Buffer, path: string): string {
  try {
    return decoder.decode(content);
  } catch (error) {
    throw new InputError(
      `${path} is not text in UTF-8: only text files can be in a new repository`,
      error,
    );
  }
}
