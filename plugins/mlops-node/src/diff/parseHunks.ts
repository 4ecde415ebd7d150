import { DiffHunk } from '../contracts';

const HEADER = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@ ?(.*)$/;

/**
 * Hunks of one file from the text of a unified diff. What stands before the first `@@` is passed over; a note that the file
 * does not end with a new line is left out.
 */
export function parseHunks(text: string): DiffHunk[] {
  const hunks: DiffHunk[] = [];
  for (const line of text.split('\n')) {
    const header = HEADER.exec(line);
    const last = hunks.at(-1);
    if (header) hunks.push(hunkOf(header));
    else if (last && /^[ +-]/.test(line)) last.lines.push(line);
  }
  return hunks;
}

/** A side without a number of lines has one. */
function hunkOf(header: RegExpExecArray): DiffHunk {
  const [, oldStart, oldLines, newStart, newLines, heading] = header;
  return {
    oldStart: Number(oldStart),
    oldLines: Number(oldLines ?? 1),
    newStart: Number(newStart),
    newLines: Number(newLines ?? 1),
    heading: heading.trim(),
    lines: [],
  };
}
