import { Condition } from '@mlops-portal/plugin-mlops-common';

/** Worst first. */
const STRICT: Condition['state'][] = ['not-met', 'unknown', 'met'];

/**
 * One line per question: where the run's gate and the hub asked the same, the stricter verdict stands, and among equal
 * ones what the hub found by itself. Order is that of the first time a question appears.
 */
export function mergeConditions(all: Condition[]): Condition[] {
  const merged = new Map<string, Condition>();
  for (const condition of all) {
    const key = meaningOf(condition);
    const before = merged.get(key);
    merged.set(key, before ? stricter(before, condition) : condition);
  }
  return [...merged.values()];
}

/** The words of a condition without what does not change its meaning. */
function meaningOf({ condition }: Condition): string {
  return condition
    .toLowerCase()
    .replace(/\.(?!\d)|[^\p{L}\p{N}<>=.%]+/gu, ' ')
    .replace(/\b(the|a|an|is|be|must)\b/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

function stricter(first: Condition, second: Condition): Condition {
  const verified = [second, first].find(c => c.checkedBy === 'hub') ?? second;
  if (first.state === second.state) {
    const both = first.checkedBy !== second.checkedBy;
    return { ...verified, checkedBy: both ? 'both' : verified.checkedBy };
  }
  const rank = (c: Condition) => STRICT.indexOf(c.state);
  const [worse, other] =
    rank(first) < rank(second) ? [first, second] : [second, first];
  const otherSays = `${who(other)} says ${other.state}: ${other.detail}`;
  return {
    ...worse,
    detail: [worse.detail, otherSays].filter(Boolean).join('; '),
  };
}

function who({ checkedBy }: Condition): string {
  return checkedBy === 'hub' ? 'the hub' : 'the gate of the run';
}
