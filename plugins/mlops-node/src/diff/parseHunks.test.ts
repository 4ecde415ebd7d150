import { parseHunks } from './parseHunks';

describe('parseHunks', () => {
  it('reads places, heading and lines, and passes over what stands before', () => {
    const text = [
      'diff --git a/train.py b/train.py',
      'index de98..7be7 100644',
      '--- a/train.py',
      '+++ b/train.py',
      '@@ -6,3 +6,4 @@ def fit(rows):',
      ' a',
      '-b',
      '+B',
      '+C',
      ' c',
      '',
    ].join('\n');
    expect(parseHunks(text)).toEqual([
      {
        oldStart: 6,
        oldLines: 3,
        newStart: 6,
        newLines: 4,
        heading: 'def fit(rows):',
        lines: [' a', '-b', '+B', '+C', ' c'],
      },
    ]);
  });

  it('takes one line for a side without a number, and no note about the end of the file', () => {
    const text =
      '@@ -1 +1 @@\n-x\n\\ No newline at end of file\n+y\n\\ No newline at end of file\n';
    expect(parseHunks(text)).toEqual([
      expect.objectContaining({
        oldLines: 1,
        newLines: 1,
        heading: '',
        lines: ['-x', '+y'],
      }),
    ]);
  });

  it('keeps lines that look like headers of files or hunks', () => {
    const text = '@@ -1,2 +1,2 @@\n--- a\n+++ b\n @@ -1 +1 @@\n';
    const [hunk, ...others] = parseHunks(text);
    expect(hunk.lines).toEqual(['--- a', '+++ b', ' @@ -1 +1 @@']);
    expect(others).toEqual([]);
  });

  it('finds nothing in a text without hunks', () => {
    expect(parseHunks('Binary files a/x and b/x differ\n')).toEqual([]);
    expect(parseHunks('')).toEqual([]);
  });
});
