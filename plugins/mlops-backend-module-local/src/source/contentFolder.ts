import { promises as fs } from 'node:fs';
import path from 'node:path';
import { InputError } from '@backstage/errors';

function leaves(root: string, target: string): boolean {
  const relative = path.relative(root, target);
  return relative === '..' || relative.startsWith('../');
}

/**
 * Walks the folder that is to become a first commit. InputError, naming the path, when a symbolic link leaves the folder, when
 * something is neither file, folder nor link, when another repository lies inside, or when there is no file at all.
 */
export async function checkContentFolder(root: string): Promise<void> {
  const stats = await fs.stat(root).catch(() => undefined);
  if (!stats?.isDirectory()) {
    throw new InputError(
      `contentPath: ${root} is not a folder, so there is nothing to commit`,
    );
  }
  const files = await walk(root, root);
  if (files === 0) {
    throw new InputError(
      `contentPath: ${root} holds no file, so there is nothing to commit`,
    );
  }
}

async function walk(root: string, folder: string): Promise<number> {
  let files = 0;
  for (const entry of await fs.readdir(folder, { withFileTypes: true })) {
    const full = path.join(folder, entry.name);
    const shown = path.relative(root, full);
    if (entry.name.toLowerCase() === '.git') {
      // git itself leaves out the one at the top; deeper ones would become submodules without a source.
      if (folder === root) continue;
      throw new InputError(
        `contentPath: ${shown} is another repository inside the folder; remove it first`,
      );
    }
    if (entry.isSymbolicLink()) {
      const target = await fs.readlink(full);
      if (
        path.isAbsolute(target) ||
        leaves(root, path.resolve(folder, target))
      ) {
        throw new InputError(
          `contentPath: the link ${shown} points to ${target}, outside of the folder`,
        );
      }
      files += 1;
    } else if (entry.isDirectory()) {
      files += await walk(root, full);
    } else if (entry.isFile()) {
      files += 1;
    } else {
      throw new InputError(
        `contentPath: ${shown} is neither a file, a folder nor a link`,
      );
    }
  }
  return files;
}
