import { numbered } from './numbered';

describe('numbered', () => {
  it('counts each side by its own lines', () => {
    const hunk = {
      oldStart: 9,
      oldLines: 3,
      newStart: 12,
      newLines: 3,
      heading: '',
      lines: [' a', '-b', '+B', ' '],
    };
    expect(numbered(hunk)).toEqual([
      { before: 9, after: 12, sign: ' ', text: 'a' },
      { before: 10, after: undefined, sign: '-', text: 'b' },
      { before: undefined, after: 13, sign: '+', text: 'B' },
      { before: 11, after: 14, sign: ' ', text: '' },
    ]);
  });
});
