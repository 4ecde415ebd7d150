import { DiffFileView } from '@mlops-portal/plugin-mlops-common';

/** Lines that are shown without being asked for. */
const AT_FIRST = 200;
const NONE = 'none';
const ALL = 'all';

/**
 * Places of the files whose lines are shown: as the URL says (`0,2`, `all`, `none`), else as many of the first as make a
 * screen or two. The difference of two commits stays the same, so that a place means the same file for ever.
 */
export function openFiles(text: string, files: DiffFileView[]): Set<number> {
  if (text === NONE) return new Set();
  if (text === ALL) return new Set(files.keys());
  if (text)
    return new Set(
      text
        .split(',')
        .map(Number)
        .filter(place => files[place] !== undefined),
    );
  const open = new Set<number>();
  let lines = 0;
  for (const [place, file] of files.entries()) {
    lines += linesOf(file);
    if (lines > AT_FIRST) break;
    open.add(place);
  }
  return open;
}

/** The text for the URL; '' where it says what is shown anyway. */
export function writeOpen(open: Set<number>, files: DiffFileView[]): string {
  const text = [...open].sort((a, b) => a - b).join(',');
  if (text === [...openFiles('', files)].join(',')) return '';
  if (!open.size) return NONE;
  return open.size === files.length ? ALL : text;
}

function linesOf({ hunks }: DiffFileView): number {
  return hunks.reduce((sum, { lines }) => sum + lines.length, 0);
}
