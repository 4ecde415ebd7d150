import { judgeTarget, readRule, TargetFacts } from './targetRules';

const number: TargetFacts = {
  column: 'y',
  rows: 1000,
  known: 1000,
  distinct: 500,
  numeric: true,
  whole: true,
  lowest: 0,
  highest: 5000,
  values: [],
};
const word = (distinct: number): TargetFacts => ({
  ...number,
  numeric: false,
  whole: false,
  lowest: null,
  highest: null,
  distinct,
  values: Array.from({ length: Math.min(distinct, 51) }, (_, i) => `c${i}`),
});

describe('readRule', () => {
  it.each([
    ['> 15', { sign: '>', value: '15', number: 15 }],
    ['>=15', { sign: '>=', value: '15', number: 15 }],
    ["== 'on time'", { sign: '==', value: 'on time', number: null }],
    ['<-0.5', { sign: '<', value: '-0.5', number: -0.5 }],
    ['=> 3', undefined],
    ['> ', undefined],
  ])('%s', (text, expected) => {
    expect(readRule(text)).toEqual(expected);
  });
});

describe('judgeTarget', () => {
  it.each<[string, TargetFacts, string | undefined, object]>([
    [
      'a number is a regression',
      number,
      undefined,
      { task: 'regression', positive: null },
    ],
    [
      'a number with a rule is binary',
      number,
      '> 15',
      { task: 'binary', positive: '> 15' },
    ],
    [
      'two numbers are binary',
      { ...number, distinct: 2, highest: 1 },
      undefined,
      { task: 'binary', positive: '== 1' },
    ],
    [
      'a few numbers are classes',
      { ...number, distinct: 5 },
      undefined,
      { task: 'multiclass', positive: null },
    ],
    [
      'two words are binary',
      word(2),
      undefined,
      { task: 'binary', positive: '== c1' },
    ],
    [
      'a few words are classes',
      word(7),
      undefined,
      { task: 'multiclass', positive: null },
    ],
    [
      'measured numbers may all differ',
      { ...number, whole: false, distinct: 1000 },
      undefined,
      { task: 'regression' },
    ],
    [
      'many words with a rule are binary',
      word(80),
      '== c7',
      { task: 'binary', positive: '== c7' },
    ],
  ])('%s', (_, target, positive, expected) => {
    expect(judgeTarget(target, positive)).toMatchObject(expected);
  });

  it.each<[string, TargetFacts, string | undefined, string, RegExp]>([
    [
      'nothing',
      { ...number, known: 0, distinct: 0 },
      undefined,
      'target',
      /no value/,
    ],
    [
      'too few values',
      { ...number, known: 90 },
      undefined,
      'target',
      /90 rows have a value/,
    ],
    [
      'a constant',
      { ...number, distinct: 1 },
      undefined,
      'target',
      /same value/,
    ],
    ['a text key', word(1000), undefined, 'target', /names the row/],
    [
      'a row number',
      { ...number, distinct: 1000, highest: 999 },
      undefined,
      'target',
      /names the row/,
    ],
    [
      'a key by name',
      { ...number, column: 'order_id', distinct: 1000, highest: 1e9 },
      undefined,
      'target',
      /names the row/,
    ],
    ['too many classes', word(51), undefined, 'target', /51 classes/],
    ['no rule', number, 'late', 'positive', /such as/],
    ['a comparison with a word', number, '> late', 'positive', /no number/],
    ['a comparison of words', word(3), '> 5', 'positive', /only ==/],
  ])('refuses %s', (_, target, positive, field, message) => {
    expect(judgeTarget(target, positive)).toEqual({
      field,
      message: expect.stringMatching(message),
    });
  });
});
