import { DiffFile, DiffHunk } from '../../contracts';

const CONTEXT = 3;

/** Content by path; a NUL makes it binary. */
export type FakeTree = ReadonlyMap<string, string>;

/** Files that differ, each with one hunk from its first to its last change. */
export function fakeDiff(before: FakeTree, after: FakeTree): DiffFile[] {
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort();
  return paths
    .filter(path => before.get(path) !== after.get(path))
    .map(path => fileOf(path, before.get(path), after.get(path)));
}

function fileOf(path: string, before?: string, after?: string): DiffFile {
  const binary = `${before}${after}`.includes('\0');
  const changed = before === undefined ? 'added' : 'changed';
  const file = {
    path,
    status: after === undefined ? ('removed' as const) : changed,
    binary,
    truncated: false,
  } satisfies Partial<DiffFile>;
  if (binary) return { ...file, hunks: [] };
  const { lines, ...place } = hunkOf(linesOf(before), linesOf(after));
  const count = (sign: string) => lines.filter(l => l[0] === sign).length;
  return {
    ...file,
    additions: count('+'),
    deletions: count('-'),
    hunks: lines.length ? [{ ...place, lines }] : [],
  };
}

function linesOf(text = ''): string[] {
  const lines = text.split('\n');
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

/** What both begin and end with stays outside, but for a few lines. */
function hunkOf(before: string[], after: string[]): DiffHunk {
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head++;
  let tail = 0;
  while (
    tail < shorter - head &&
    before[before.length - 1 - tail] === after[after.length - 1 - tail]
  )
    tail++;
  const start = Math.max(0, head - CONTEXT);
  const rest = before.length - tail;
  const lines = [
    ...before.slice(start, head).map(line => ` ${line}`),
    ...before.slice(head, rest).map(line => `-${line}`),
    ...after.slice(head, after.length - tail).map(line => `+${line}`),
    ...before.slice(rest, rest + CONTEXT).map(line => ` ${line}`),
  ];
  const sizeOf = (sign: string) => lines.filter(l => l[0] !== sign).length;
  const [oldLines, newLines] = [sizeOf('+'), sizeOf('-')];
  return {
    oldStart: oldLines ? start + 1 : 0,
    oldLines,
    newStart: newLines ? start + 1 : 0,
    newLines,
    heading: '',
    lines,
  };
}
