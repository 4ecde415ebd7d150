import { createFormat } from './useFormat';
import { mlopsMessages } from '../translation';

const NOW = Date.parse('2026-05-14T09:40:00Z');
/** English messages with their values filled in, as the translation API does it. */
const t = (key: string, values: Record<string, string | number> = {}) =>
  String(mlopsMessages[key as keyof typeof mlopsMessages]).replace(
    /\{\{(\w+)\}\}/g,
    (_: string, name: string) => String(values[name]),
  );
const format = createFormat('en', { t } as never, () => NOW);
const ago = (seconds: number) => new Date(NOW - seconds * 1000).toISOString();

describe('span', () => {
  it.each([
    [0, '0 s'],
    [59, '59 s'],
    [60, '1 min'],
    [252, '4 min 12 s'],
    [3600, '1 h'],
    [5280, '1 h 28 min'],
    [90_000, '1 d 1 h'],
    [14 * 86_400, '14 d'],
  ])('writes %s seconds as %s', (seconds, text) => {
    expect(format.span(seconds)).toBe(text);
  });
});

describe('ago', () => {
  it.each([
    [2, 'just now'],
    [40, '40 s ago'],
    [240, '4 min ago'],
    [3 * 3600, '3 h ago'],
    [14 * 86_400, '14 d ago'],
    [-2 * 3600, 'in 2 h'],
  ])('writes an age of %s seconds as %s', (seconds, text) => {
    expect(format.ago(ago(seconds))).toBe(text);
  });
});

describe('numbers', () => {
  it('groups counts', () => expect(format.count(115842)).toBe('115,842'));
  it('gives metrics under 1 three decimals', () =>
    expect(format.metric(0.7)).toBe('0.700'));
  it('gives larger metrics two', () =>
    expect(format.metric(2.3149)).toBe('2.31'));
  it('gives limits at least two', () => expect(format.score(0.2)).toBe('0.20'));
  it('shows the sign of a difference with a true minus', () => {
    expect(format.signed(0.017)).toBe('+0.017');
    expect(format.signed(-0.063)).toBe('−0.063');
    expect(format.signed(0)).toBe('0.000');
  });
  it('writes sizes with a unit', () =>
    expect(format.bytes(3_400_000)).toBe('3.4 MB'));
});

describe('dates', () => {
  it('names the year only once in a window', () => {
    expect(format.window('2001-02-19', '2001-05-06')).toMatch(
      /^19 Feb\s*–\s*6 May 2001$/,
    );
  });
  it('puts the day before the month', () =>
    expect(format.tick('2001-05-07')).toBe('7 May'));
  it('uses the calendar and the digits of Persian', () => {
    const persian = createFormat('fa', { t } as never, () => NOW);
    expect(persian.count(1234)).toBe('۱٬۲۳۴');
    expect(persian.tick('2001-05-14')).toMatch(/۲۴.*اردیبهشت|اردیبهشت.*۲۴/);
  });
});
