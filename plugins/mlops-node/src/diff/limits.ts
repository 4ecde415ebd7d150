import { DiffFile, DiffHunk, RepositoryDiff } from '../contracts';

/** How much of a difference is told at most. Pages show it, so it has to stay readable and small to send. */
export const DIFF_LIMITS = {
  /** Files by path; of those beyond, nothing is told. */
  files: 300,
  /** Lines of hunks of one file, and of all files together. */
  linesPerFile: 1000,
  lines: 6000,
  /** Letters of one line. */
  lineLength: 500,
  commits: 50,
};

/** The difference with files, lines and commits beyond `DIFF_LIMITS` left out and marked as such. */
export function boundDiff(diff: RepositoryDiff): RepositoryDiff {
  let left = DIFF_LIMITS.lines;
  const files = diff.files.slice(0, DIFF_LIMITS.files).map(file => {
    const bounded = boundFile(file, Math.min(left, DIFF_LIMITS.linesPerFile));
    for (const { lines } of bounded.hunks) left -= lines.length;
    return bounded;
  });
  const commits = diff.commits.slice(0, DIFF_LIMITS.commits);
  return {
    ...diff,
    files,
    commits,
    truncated:
      diff.truncated ||
      files.length < diff.files.length ||
      commits.length < diff.commits.length ||
      files.some(file => file.truncated),
  };
}

function boundFile(file: DiffFile, most: number): DiffFile {
  const hunks: DiffHunk[] = [];
  let { truncated } = file;
  let left = most;
  for (const hunk of file.hunks) {
    if (left === 0) {
      truncated = true;
      break;
    }
    const lines = hunk.lines.slice(0, left);
    const short = lines.map(line => line.slice(0, DIFF_LIMITS.lineLength + 1));
    truncated ||=
      lines.length < hunk.lines.length ||
      short.some((line, i) => line.length < lines[i].length);
    left -= lines.length;
    hunks.push({ ...hunk, lines: short });
  }
  return { ...file, hunks, truncated };
}
