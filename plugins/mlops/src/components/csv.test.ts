import { toCsv } from './csv';

describe('toCsv', () => {
  it('quotes commas, quotes and line breaks', () => {
    expect(toCsv([['a,b', 'say "no"', 'two\nlines', 'plain']])).toBe(
      '"a,b","say ""no""","two\nlines",plain',
    );
  });

  it('ends rows with CRLF', () => {
    expect(toCsv([['a'], ['b']])).toBe('a\r\nb');
  });

  it.each(['=1+1', '+1', '-1', '@x'])(
    'keeps a spreadsheet from running %s',
    value => {
      expect(toCsv([[value]])).toBe(`'${value}`);
    },
  );
});
