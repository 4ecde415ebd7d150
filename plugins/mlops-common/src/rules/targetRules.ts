import { Task } from '../vocabulary/states';
import { likelyPositive, PositiveReason } from './positiveClass';

/** What the table says of a target column. */
export interface TargetFacts {
  column: string;
  rows: number;
  known: number;
  distinct: number;
  /** Every known value is a number. */
  numeric: boolean;
  /** Numbers without a fraction. */
  whole: boolean;
  lowest: number | null;
  highest: number | null;
  /** Different values as text in order, complete up to 51 of them. */
  values: string[];
  /** How many rows hold each of `values`. */
  counts?: number[];
}

export const MOST_CLASSES = 50;
/** A number with more different values is a quantity, with fewer a class. */
const CLASSES_OF_NUMBERS = 20;
export const FEWEST_ROWS = 100;

const RULE = /^(>=|<=|==|>|<)\s*(.+)$/;

export interface PositiveRule {
  sign: '>' | '<' | '>=' | '<=' | '==';
  value: string;
  /** The value where it is a number. */
  number: number | null;
}

/** Reads "> 15" or "== yes"; undefined for anything else. */
export function readRule(text: string): PositiveRule | undefined {
  const parts = RULE.exec(text.trim());
  if (!parts) return undefined;
  const value = parts[2].trim().replace(/^(['"])(.*)\1$/, '$2');
  const number = value !== '' && Number.isFinite(Number(value));
  return {
    sign: parts[1] as PositiveRule['sign'],
    value,
    number: number ? Number(value) : null,
  };
}

export type TargetVerdict =
  /** `why`: of two classes nobody has said which is positive; this is why one of them was taken. */
  | { task: Task; positive: string | null; why?: PositiveReason }
  | { field: 'target' | 'positive'; message: string };

/** Which task a target makes, or why it cannot be learnt. */
export function judgeTarget(
  target: TargetFacts,
  positive: string | undefined,
): TargetVerdict {
  const refuse = (message: string): TargetVerdict => ({
    field: 'target',
    message: `'${target.column}': ${message}`,
  });
  if (target.known === 0) return refuse('has no value at all');
  if (target.known < FEWEST_ROWS) {
    return refuse(
      `only ${target.known} rows have a value; at least ${FEWEST_ROWS} are needed`,
    );
  }
  if (target.distinct < 2) return refuse('has the same value in every row');
  if (isKey(target)) {
    return refuse('has a different value in every row, so it names the row');
  }
  if (positive) return judgeRule(target, positive);
  if (target.numeric && target.distinct > CLASSES_OF_NUMBERS) {
    return { task: 'regression', positive: null };
  }
  if (target.distinct === 2) {
    const { value, why } = likelyPositive(twoClassesOf(target));
    return { task: 'binary', positive: `== ${value}`, why };
  }
  if (target.distinct > MOST_CLASSES) {
    return refuse(
      `has ${target.distinct} classes; at most ${MOST_CLASSES} are possible: choose another target or a rule for what counts as positive`,
    );
  }
  return { task: 'multiclass', positive: null };
}

function judgeRule(target: TargetFacts, positive: string): TargetVerdict {
  const refuse = (message: string): TargetVerdict => ({
    field: 'positive',
    message,
  });
  const rule = readRule(positive);
  if (!rule) return refuse('write a rule such as "> 15" or "== yes"');
  if (rule.sign !== '==' && rule.number === null) {
    return refuse(`'${rule.value}' is no number to compare with`);
  }
  if (rule.sign !== '==' && !target.numeric) {
    return refuse(
      `'${target.column}' holds words; only == makes sense for them`,
    );
  }
  return { task: 'binary', positive: `${rule.sign} ${rule.value}` };
}

/** A text or a count that differs in every row names the row; a measured number may well differ in every row. */
function isKey(target: TargetFacts): boolean {
  if (target.distinct < target.known) return false;
  if (!target.numeric) return true;
  const span = (target.highest ?? 0) - (target.lowest ?? 0);
  const named = /(^|[_ -])(id|key|uuid|index)$|^unnamed: /i.test(target.column);
  return target.whole && (named || span < 2 * target.known);
}

/** The two values of a target that has no more, with their counts; numbers as the repository reads them. */
export function twoClassesOf(
  target: TargetFacts,
): Array<{ value: string; n: number }> {
  const { counts = [], highest, lowest, numeric, values } = target;
  const named = values.map((value, at) => ({ value, n: counts[at] ?? 0 }));
  if (!numeric) return named;
  return [lowest, highest].map(number => ({
    value: String(number),
    n: named
      .filter(({ value }) => Number(value) === number)
      .reduce((sum, { n }) => sum + n, 0),
  }));
}
