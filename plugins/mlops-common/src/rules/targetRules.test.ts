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
      { task: 'binary', positive: '== 1', why: 'word' },
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

describe('the positive one of two classes', () => {
  const two = (counts: Record<string, number>, numeric = false) =>
    judgeTarget(
      {
        ...word(2),
        numeric,
        lowest: numeric ? Math.min(...Object.keys(counts).map(Number)) : null,
        highest: numeric ? Math.max(...Object.keys(counts).map(Number)) : null,
        values: Object.keys(counts),
        counts: Object.values(counts),
      },
      undefined,
    );
  it.each<[string, Record<string, number>, string, string]>([
    ['the rarer', { fine: 900, broken: 100 }, 'broken', 'rarer'],
    [
      'the rarer, also where it comes first',
      { arc: 9, web: 900 },
      'arc',
      'rarer',
    ],
    [
      'the later of two equally frequent',
      { left: 500, right: 500 },
      'right',
      'later',
    ],
    [
      'yes, though it is the frequent one',
      { yes: 900, no: 100 },
      'yes',
      'word',
    ],
    ['true in any case of letters', { FALSE: 100, True: 900 }, 'True', 'word'],
    [
      'the word for what happened',
      { fraud: 600, genuine: 400 },
      'fraud',
      'word',
    ],
    [
      'what is not denied',
      { churned: 700, 'not churned': 300 },
      'churned',
      'word',
    ],
    [
      'what is not denied by a prefix',
      { 'non-smoker': 300, smoker: 700 },
      'smoker',
      'word',
    ],
    ['what is not the usual', { neptune: 800, normal: 200 }, 'neptune', 'word'],
    ['a Persian yes', { بله: 700, خیر: 300 }, 'بله', 'word'],
    ['the sign for it', { '+': 600, '-': 400 }, '+', 'word'],
    [
      'the rarer of two that both say yes',
      { fraud: 100, spam: 900 },
      'fraud',
      'rarer',
    ],
  ])('is %s', (_, counts, positive, why) => {
    expect(two(counts)).toEqual({
      task: 'binary',
      positive: `== ${positive}`,
      why,
    });
  });

  it.each([
    [{ 0: 100, 1: 900 }, '== 1', 'word'],
    [{ '-1': 100, 1: 900 }, '== 1', 'word'],
    [{ 1: 100, 2: 900 }, '== 1', 'rarer'],
    [{ 1: 900, 2: 100 }, '== 2', 'rarer'],
    [{ 3: 500, 4: 500 }, '== 4', 'later'],
  ])('of numbers is one, or the rarer: %j', (counts, positive, why) => {
    expect(two(counts, true)).toEqual({ task: 'binary', positive, why });
  });
});
