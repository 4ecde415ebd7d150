import { InputError, NotFoundError } from '@backstage/errors';
import {
  boundDiff,
  DIFF_LIMITS,
  DiffCommit,
  DiffFile,
  parseHunks,
  RepositoryDiff,
} from '@mlops-portal/plugin-mlops-node';
import { BareRepository } from './BareRepository';
import { git, gitStream } from './git';

const COMMIT = /^[0-9a-f]{40}$/;
/** Text of a patch that is read at most; what follows is not shown. */
const MOST_BYTES = 8 * 1024 * 1024;
/** Nothing of the repository or of this machine may run a program, or change what is read. */
const PLAIN = ['--no-ext-diff', '--no-textconv', '--no-color'];

/** A file of the listing, before its hunks are known. */
interface Listed extends Omit<DiffFile, 'hunks'> {
  /** Sections of the patch that tell it: two where it became a link, or stopped being one. */
  sections: number;
}

/** See `SourceEngine.diff`. */
export async function compareCommits(
  repository: BareRepository,
  { from, to }: { from: string; to: string },
  options: { signal?: AbortSignal },
): Promise<RepositoryDiff> {
  for (const commit of [from, to])
    await checkCommit(repository, commit, options);
  const commits = await commitsBetween(repository, from, to, options);
  if (from === to) return { from, to, files: [], commits, truncated: false };
  const at = { gitDir: repository.gitDir, ...options };
  const tree = ['diff-tree', '-r', '--find-renames', from, to];
  const listed = parseListing(
    await git([...tree, '-z', '--raw', '--numstat', '--'], at),
  );
  // A table that was committed must not hide the code that comes after it.
  const long = listed.filter(
    file => linesOf(file) > DIFF_LIMITS.linesPerFile * 5,
  );
  const shown = listed.filter(file => !long.includes(file));
  const patch = await readStart(
    gitStream(
      [...tree, '--patch', '--full-index', ...PLAIN, '--', ...without(long)],
      at,
    ),
  );
  const hunks = hunksOf(shown, patch);
  const files = listed.map(({ sections, ...file }) => {
    const own = hunks.get(file.path);
    return { ...file, hunks: own ?? [], truncated: !own };
  });
  return boundDiff({ from, to, files, commits, truncated: false });
}

async function checkCommit(
  repository: BareRepository,
  commit: string,
  options: { signal?: AbortSignal },
): Promise<void> {
  if (!COMMIT.test(commit)) {
    throw new InputError(
      `"${commit}" is not the full id of a commit: give 40 hexadecimal digits in small letters`,
    );
  }
  await repository.resolve(commit, options).catch(error => {
    if (error.name !== 'NotFoundError') throw error;
    throw new NotFoundError(
      `Repository ${repository.name} has no commit ${commit}; it may have been rewritten by a push`,
    );
  });
}

async function commitsBetween(
  repository: BareRepository,
  from: string,
  to: string,
  options: { signal?: AbortSignal },
): Promise<DiffCommit[]> {
  const text = await git(
    [
      'log',
      '-z',
      '--no-color',
      `--max-count=${DIFF_LIMITS.commits + 1}`,
      '--format=%H%n%an%n%cI%n%s',
      to,
      `^${from}`,
      '--',
    ],
    { gitDir: repository.gitDir, ...options },
  );
  return text
    .toString('utf8')
    .split('\0')
    .filter(Boolean)
    .map(entry => {
      const [commit, author, at, message] = entry.split('\n');
      return { commit, author, at: new Date(at).toISOString(), message };
    });
}

const STATUS: Record<string, DiffFile['status']> = {
  A: 'added',
  D: 'removed',
  R: 'renamed',
};

/** What `--raw --numstat -z` prints: first all files with their change, then all with their numbers of lines. */
function parseListing(output: Buffer): Listed[] {
  const fields = output.toString('utf8').split('\0').filter(Boolean);
  const files: Listed[] = [];
  let at = 0;
  while (fields[at]?.startsWith(':')) {
    const [letter] = fields[at++].split(' ')[4];
    const oldPath = letter === 'R' ? fields[at++] : undefined;
    files.push({
      path: fields[at++],
      ...(oldPath !== undefined && { oldPath }),
      status: STATUS[letter] ?? 'changed',
      binary: false,
      truncated: false,
      sections: letter === 'T' ? 2 : 1,
    });
  }
  return files.map(file => {
    const [added, deleted] = fields[at].split('\t');
    // Of a renamed file both paths follow, each on its own.
    at += file.oldPath === undefined ? 1 : 3;
    return added === '-'
      ? { ...file, binary: true }
      : { ...file, additions: Number(added), deletions: Number(deleted) };
  });
}

function linesOf({ additions = 0, deletions = 0 }: Listed): number {
  return additions + deletions;
}

/** Pathspecs that leave files out. */
function without(files: Listed[]): string[] {
  if (!files.length) return [];
  const paths = files.flatMap(({ path, oldPath }) => [path, oldPath ?? path]);
  return ['.', ...new Set(paths.map(path => `:(top,exclude,literal)${path}`))];
}

/** The text up to the limit, without a section that was cut. */
async function readStart(stream: NodeJS.ReadableStream): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of stream) {
    parts.push(part as Buffer);
    size += part.length;
    if (size > MOST_BYTES) break;
  }
  const text = Buffer.concat(parts).toString('utf8');
  return size > MOST_BYTES
    ? text.slice(0, text.lastIndexOf('\ndiff --git '))
    : text;
}

/** Hunks by path. Files and sections stand in the same order; files that were not reached are left out. */
function hunksOf(
  files: Listed[],
  patch: string,
): Map<string, DiffFile['hunks']> {
  const sections = patch.split(/^diff --git /m).slice(1);
  const found = new Map<string, DiffFile['hunks']>();
  let at = 0;
  for (const { path, sections: count } of files) {
    const own = sections.slice(at, (at += count));
    if (own.length < count) break;
    found.set(path, own.flatMap(parseHunks));
  }
  return found;
}
