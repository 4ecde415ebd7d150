import { DiffFile, RepositoryDiff } from '../contracts';
import { boundDiff, DIFF_LIMITS } from './limits';

const file = (path: string, ...sizes: number[]): DiffFile => ({
  path,
  status: 'changed',
  binary: false,
  truncated: false,
  hunks: sizes.map(size => ({
    oldStart: 1,
    oldLines: 0,
    newStart: 1,
    newLines: size,
    heading: '',
    lines: Array.from({ length: size }, () => '+x'),
  })),
});
const diff = (
  files: DiffFile[],
  changes: Partial<RepositoryDiff> = {},
): RepositoryDiff => ({
  from: 'a'.repeat(40),
  to: 'b'.repeat(40),
  files,
  commits: [],
  truncated: false,
  ...changes,
});
const linesOf = ({ hunks }: DiffFile) =>
  hunks.reduce((sum, { lines }) => sum + lines.length, 0);

describe('boundDiff', () => {
  it('leaves a small difference as it is', () => {
    const small = diff([file('a.py', 3, 4), file('b.bin')]);
    expect(boundDiff(small)).toEqual(small);
  });

  it('cuts a long file inside of a hunk and says so', () => {
    const most = DIFF_LIMITS.linesPerFile;
    const bounded = boundDiff(diff([file('a.csv', most - 1, 5, 5)]));
    expect(bounded.truncated).toBe(true);
    expect(bounded.files[0].truncated).toBe(true);
    expect(bounded.files[0].hunks.map(h => h.lines.length)).toEqual([
      most - 1,
      1,
    ]);
  });

  it('names every file, with lines until there are too many in all', () => {
    const many = Array.from({ length: 10 }, (_, i) => file(`${i}.py`, 900));
    const { files } = boundDiff(diff(many));
    expect(files).toHaveLength(10);
    expect(files.reduce((sum, f) => sum + linesOf(f), 0)).toBe(
      DIFF_LIMITS.lines,
    );
    expect(files.map(f => f.truncated)).toEqual([
      ...Array(6).fill(false),
      ...Array(4).fill(true),
    ]);
  });

  it('cuts long lines', () => {
    const long = file('min.js', 1);
    long.hunks[0].lines = [`+${'x'.repeat(10_000)}`];
    const [cut] = boundDiff(diff([long])).files;
    expect(cut.truncated).toBe(true);
    expect(cut.hunks[0].lines[0]).toHaveLength(DIFF_LIMITS.lineLength + 1);
  });

  it('leaves out files and commits beyond the limits, and keeps what was cut before', () => {
    const files = Array.from({ length: DIFF_LIMITS.files + 1 }, (_, i) =>
      file(`${i}`),
    );
    expect(boundDiff(diff(files))).toMatchObject({ truncated: true });
    expect(boundDiff(diff(files)).files).toHaveLength(DIFF_LIMITS.files);
    const commits = Array.from({ length: DIFF_LIMITS.commits + 1 }, (_, i) => ({
      commit: `${i}`,
      message: '',
      author: '',
      at: '',
    }));
    const bounded = boundDiff(diff([], { commits }));
    expect(bounded.commits).toHaveLength(DIFF_LIMITS.commits);
    expect(bounded.truncated).toBe(true);
    expect(boundDiff(diff([], { truncated: true })).truncated).toBe(true);
  });
});
