import type { Readable } from 'node:stream';
import { InputError, NotFoundError } from '@backstage/errors';
import { git, gitStream, gitText } from './git';
import { checkPath, checkRef } from './names';

/** Files larger than this are read by clone or archive only. */
const MAX_FILE_BYTES = 32 * 1024 * 1024;
const OBJECT = /^[0-9a-f]{40}$/;

export interface TreeEntry {
  /** From the repository's root. */
  path: string;
  type: 'file' | 'folder' | 'link' | 'module';
  /** Bytes; of files only. */
  size?: number;
}

export interface Commit {
  commit: string;
  message: string;
  author: string;
  email: string;
  /** ISO time of the commit. */
  at: string;
}

interface Reading {
  signal?: AbortSignal;
}

const TYPES: Record<string, TreeEntry['type']> = {
  '040000': 'folder',
  '120000': 'link',
  '160000': 'module',
};

/** Reading access to one bare repository. Refs and paths come from outside and are checked here. */
export class BareRepository {
  constructor(readonly name: string, readonly gitDir: string) {}

  /** Heads of all branches. */
  async branches(options: Reading = {}): Promise<Map<string, string>> {
    const text = await gitText(
      [
        'for-each-ref',
        '--format=%(objectname) %(refname:lstrip=2)',
        'refs/heads',
      ],
      { gitDir: this.gitDir, ...options },
    );
    return new Map(
      text
        .split('\n')
        .filter(Boolean)
        .map(line => [line.slice(41), line.slice(0, 40)]),
    );
  }

  async defaultBranch(options: Reading = {}): Promise<string> {
    return gitText(['symbolic-ref', '--short', 'HEAD'], {
      gitDir: this.gitDir,
      ...options,
    });
  }

  /** The commit of a branch, tag or commit id. NotFoundError if there is none. */
  async resolve(ref: string, options: Reading = {}): Promise<string> {
    checkRef(ref);
    const candidates =
      ref === 'HEAD' || OBJECT.test(ref)
        ? [ref]
        : [`refs/heads/${ref}`, `refs/tags/${ref}`, ref];
    for (const candidate of candidates) {
      const found = await gitText(
        ['rev-parse', '--verify', '--quiet', `${candidate}^{commit}`],
        { gitDir: this.gitDir, ...options },
      ).catch(() => '');
      options.signal?.throwIfAborted();
      if (OBJECT.test(found)) return found;
    }
    throw new NotFoundError(
      `Repository ${this.name} has no branch, tag or commit "${ref}"`,
    );
  }

  /**
   * Takes `<ref>/<path>` apart. A branch may hold slashes, so the longest branch that fits wins, else the first segment is the ref.
   */
  async split(
    refAndPath: string,
    options: Reading = {},
  ): Promise<{ ref: string; commit: string; path: string }> {
    const plain = refAndPath.replace(/^\/+|\/+$/g, '');
    const branches = [...(await this.branches(options)).keys()]
      .filter(name => plain === name || plain.startsWith(`${name}/`))
      .sort((a, b) => b.length - a.length);
    const ref = branches[0] ?? plain.split('/')[0];
    const path = checkPath(plain.slice(ref.length));
    return { ref, commit: await this.resolve(ref, options), path };
  }

  async commit(commit: string, options: Reading = {}): Promise<Commit> {
    const text = await gitText(
      ['show', '-s', '--format=%H%n%an%n%ae%n%aI%n%B', checkRef(commit)],
      { gitDir: this.gitDir, ...options },
    );
    const [id, author, email, at, ...message] = text.split('\n');
    return {
      commit: id,
      author,
      email,
      at,
      message: message.join('\n').trim(),
    };
  }

  /** Entries of a folder, or all files below it. NotFoundError if the folder does not exist. */
  async list(
    commit: string,
    path: string,
    options: Reading & { deep?: boolean } = {},
  ): Promise<TreeEntry[]> {
    const folder = checkPath(path);
    const { deep, signal } = options;
    const raw = await git(
      [
        'ls-tree',
        '-z',
        '--long',
        ...(deep ? ['-r'] : []),
        '--full-tree',
        commit,
        ...(folder ? ['--', `${folder}/`] : []),
      ],
      { gitDir: this.gitDir, signal },
    );
    const entries = raw
      .toString('utf8')
      .split('\0')
      .filter(Boolean)
      .map(line => {
        const [facts, file] = [
          line.slice(0, line.indexOf('\t')),
          line.slice(line.indexOf('\t') + 1),
        ];
        const [mode, , , size] = facts.split(/\s+/);
        const type = TYPES[mode] ?? 'file';
        return type === 'file'
          ? { path: file, type, size: Number(size) }
          : { path: file, type };
      });
    if (entries.length === 0 && folder !== '') {
      throw new NotFoundError(
        `Repository ${this.name} has no folder "${folder}" at ${commit.slice(
          0,
          8,
        )}`,
      );
    }
    return entries;
  }

  /** Content of one file. NotFoundError if it is none; InputError if it is larger than 32 MiB. */
  async readFile(
    commit: string,
    path: string,
    options: Reading = {},
  ): Promise<Buffer> {
    const file = checkPath(path);
    const where = `${file || '/'} at ${commit.slice(0, 8)} of repository ${
      this.name
    }`;
    const header = await gitText(['cat-file', '--batch-check'], {
      gitDir: this.gitDir,
      input: `${commit}:${file}\n`,
      ...options,
    });
    const [object, type, size] = header.split(' ');
    if (type !== 'blob' || !OBJECT.test(object)) {
      throw new NotFoundError(`There is no file ${where}`);
    }
    if (Number(size) > MAX_FILE_BYTES) {
      throw new InputError(
        `The file ${where} has ${size} bytes, more than is read at once; clone the repository instead`,
      );
    }
    return git(['cat-file', 'blob', object], {
      gitDir: this.gitDir,
      ...options,
    });
  }

  /**
   * Git's id of a file or folder at a commit: the same id means the same content. NotFoundError if there is none.
   */
  async objectId(
    commit: string,
    path: string,
    options: Reading = {},
  ): Promise<string> {
    const inside = checkPath(path);
    const found = await gitText(
      ['rev-parse', '--verify', '--quiet', `${checkRef(commit)}:${inside}`],
      { gitDir: this.gitDir, ...options },
    ).catch(() => '');
    options.signal?.throwIfAborted();
    if (OBJECT.test(found)) return found;
    throw new NotFoundError(
      `Repository ${this.name} has nothing at "${inside}" of ${commit.slice(
        0,
        8,
      )}`,
    );
  }

  /** When a path was last changed, seen from a commit. */
  async changedAt(
    commit: string,
    path: string,
    options: Reading = {},
  ): Promise<Date> {
    const file = checkPath(path);
    const text = await gitText(
      [
        'log',
        '-1',
        '--format=%cI',
        checkRef(commit),
        '--',
        ...(file ? [file] : []),
      ],
      { gitDir: this.gitDir, ...options },
    );
    return new Date(text);
  }

  /** A tar of a commit, or of one folder of it; `prefix` names the folder inside of the tar. */
  archive(
    commit: string,
    options: Reading & { prefix?: string; path?: string } = {},
  ): Readable {
    const { prefix, signal } = options;
    const folder = checkPath(options.path ?? '');
    return gitStream(
      [
        'archive',
        '--format=tar',
        ...(prefix ? [`--prefix=${prefix}/`] : []),
        folder ? `${checkRef(commit)}:${folder}` : checkRef(commit),
      ],
      { gitDir: this.gitDir, signal },
    );
  }
}
