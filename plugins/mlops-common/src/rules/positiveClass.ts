/** Why one of two classes is taken for the positive one: a word that says so, the fewer rows, or its place in the alphabet. */
export type PositiveReason = 'word' | 'rarer' | 'later';

/** What usually says "it happened". */
const POSITIVE = new Set(
  (
    'yes y true t + positive pos fraud fraudulent churn churned attrited default defaulted spam scam phishing malicious ' +
    'malignant attack anomaly anomalous abnormal sick ill diseased disease failed failure fail faulty late delayed ' +
    'canceled cancelled bad بله بلی آری مثبت دارد تقلب تقلبی بیمار ناموفق'
  ).split(' '),
);
/** What usually says "nothing happened". */
const NEGATIVE = new Set(
  (
    'no n false f 0 -1 - negative neg none normal genuine legitimate legit ham benign healthy stayed retained existing ' +
    'good ok passed pass success punctual نه خیر منفی ندارد عادی سالم موفق'
  ).split(' '),
);

/** Of two values the one that people mean by "it happened". */
export function likelyPositive(classes: Array<{ value: string; n: number }>): {
  value: string;
  why: PositiveReason;
} {
  const [a, b] = [...classes].sort((one, other) =>
    one.value < other.value ? -1 : 1,
  );
  for (const [one, other] of [
    [a, b],
    [b, a],
  ]) {
    if (saysYes(one.value, other.value) && !saysYes(other.value, one.value)) {
      return { value: one.value, why: 'word' };
    }
  }
  return a.n === b.n
    ? { value: later(a.value, b.value), why: 'later' }
    : { value: a.n < b.n ? a.value : b.value, why: 'rarer' };
}

function saysYes(value: string, other: string): boolean {
  const [word, against] = [value, other].map(plain);
  return POSITIVE.has(word) || NEGATIVE.has(against) || denies(against, word);
}

/** "not churned", "non-smoker" and "no fraud" beside the word itself. */
function denies(denial: string, word: string): boolean {
  const match = /^(?:not|non|no|un|without|غیر|بدون)[ _-]?(.+)$/.exec(denial);
  return match !== null && match[1].trim() === word;
}

function plain(value: string): string {
  return value
    .trim()
    .toLocaleLowerCase('en-US')
    .replace(/[.!]+$/, '');
}

function later(a: string, b: string): string {
  const [x, y] = [Number(a), Number(b)];
  return Number.isNaN(x) || Number.isNaN(y) || x < y ? b : a;
}
