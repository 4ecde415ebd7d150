import { DiffFileView } from '@mlops-portal/plugin-mlops-common';
import { openFiles, writeOpen } from './openFiles';

const file = (path: string, lines: number): DiffFileView => ({
  path,
  status: 'changed',
  binary: false,
  truncated: false,
  hunks: [
    {
      oldStart: 1,
      oldLines: lines,
      newStart: 1,
      newLines: 0,
      heading: '',
      lines: Array.from({ length: lines }, () => '-x'),
    },
  ],
});
const files = [file('a', 50), file('b', 100), file('c', 300), file('d', 1)];

describe('files that are open', () => {
  it('are the first ones that make a screen or two, until somebody chooses', () => {
    expect([...openFiles('', files)]).toEqual([0, 1]);
    expect([...openFiles('', [file('long', 999)])]).toEqual([]);
  });

  it('are those of the URL, without places that are none', () => {
    expect([...openFiles('2,0', files)]).toEqual([2, 0]);
    expect([...openFiles('7,x,1', files)]).toEqual([1]);
    expect([...openFiles('all', files)]).toEqual([0, 1, 2, 3]);
    expect([...openFiles('none', files)]).toEqual([]);
  });

  it.each([
    [[1, 0], ''],
    [[3, 0], '0,3'],
    [[], 'none'],
    [[0, 1, 2, 3], 'all'],
  ])('are written for the URL: %p as "%s"', (open, text) => {
    expect(writeOpen(new Set(open), files)).toBe(text);
    expect(openFiles(text, files)).toEqual(new Set(open));
  });
});
