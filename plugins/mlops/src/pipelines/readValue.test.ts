import { readValue } from './readValue';

describe('readValue', () => {
  it('indents structures, also those that come as text', () => {
    const value = { candidate: 0, value: 0.7, metrics: {}, a: 1, b: 2 };
    const read = {
      kind: 'structure',
      list: false,
      size: 5,
      keys: 'candidate, value, metrics, a, …',
      text: JSON.stringify(value, null, 2),
    };
    expect(readValue(value)).toEqual(read);
    expect(readValue(JSON.stringify(value))).toEqual(read);
    expect(readValue([1, 2])).toMatchObject({ list: true, size: 2, keys: '' });
  });

  it.each([
    ['/home/ann/.portal/runs/r1/outputs/train/model', '…/train/model'],
    ['C:\\Users\\ann\\runs\\model', '…/runs/model'],
    ['file:///home/ann/runs/model', '…/runs/model'],
    ['/data/flights', '/data/flights'],
    ['dbeb920c90f59b6ccaff823dcc3d08f25a97fa1c', 'dbeb920c90f5…'],
    ['x'.repeat(61), `${'x'.repeat(60)}…`],
    ['{not json', '{not json'],
    ['', ''],
  ])('shortens %s to %s and keeps the whole', (text, short) => {
    expect(readValue(text)).toEqual({ kind: 'text', text, short });
  });

  it.each([
    [null, 'null'],
    [true, 'true'],
  ])('writes %s', (value, text) => {
    expect(readValue(value)).toMatchObject({ text });
  });

  it('keeps numbers', () => {
    expect(readValue(0.5)).toEqual({ kind: 'number', number: 0.5 });
  });
});
