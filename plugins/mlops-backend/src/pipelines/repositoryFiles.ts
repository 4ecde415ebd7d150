import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { FieldError } from '@mlops-portal/plugin-mlops-common';
import { FieldsError } from '../router/errors';

export interface RepositoryFile {
  path: string;
  content: string;
  executable: boolean;
}

/** FieldsError naming each path that leaves the repository, touches .git, or collides with another. */
export function checkPaths(files: RepositoryFile[]): void {
  const refused: FieldError[] = [];
  const seen = new Set<string>();
  const folders = new Set<string>();
  files.forEach(({ path }, i) => {
    const message = refusalOf(path) ?? (seen.has(path) ? 'is there twice' : '');
    if (message) {
      refused.push({
        field: `files.${i}.path`,
        message: `"${path}" ${message}`,
      });
    }
    seen.add(path);
    const parts = path.split('/');
    for (let n = 1; n < parts.length; n += 1) {
      folders.add(parts.slice(0, n).join('/'));
    }
  });
  files.forEach(({ path }, i) => {
    if (folders.has(path)) {
      refused.push({
        field: `files.${i}.path`,
        message: `"${path}" is a file and a folder`,
      });
    }
  });
  if (refused.length) throw new FieldsError(refused, 'the list of files');
}

function refusalOf(path: string): string | undefined {
  if (path.length > 300) return 'is longer than 300 characters';
  if (/\\|\p{Cc}/u.test(path)) return 'has a backslash or control character';
  if (path.startsWith('/') || /^[a-z]:/i.test(path)) {
    return 'is absolute: give it relative to the repository';
  }
  const parts = path.split('/');
  if (parts.some(part => part === '' || part === '.' || part === '..')) {
    return 'has an empty part, "." or "..": it must stay inside the repository';
  }
  if (parts.some(part => part.toLowerCase() === '.git')) {
    return 'is inside .git';
  }
  return undefined;
}

/** Gives the files as a folder to `use`, and removes it afterwards. */
export async function withFolder<T>(
  files: RepositoryFile[],
  use: (folder: string) => Promise<T>,
): Promise<T> {
  checkPaths(files);
  const folder = await mkdtemp(join(tmpdir(), 'mlops-repository-'));
  try {
    for (const { path, content, executable } of files) {
      const file = join(folder, path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, content);
      if (executable) await chmod(file, 0o755);
    }
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
