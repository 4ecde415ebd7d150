import {
  FieldError,
  judgeTarget,
  ProblemForm,
  ProblemPlan,
  readRule,
  twoClassesOf,
} from '@mlops-portal/plugin-mlops-common';
import { ColumnFacts } from './facts';
import { OpenTable } from './table';
import { positiveShareOf, readTarget } from './targetFacts';

/** Of a class with fewer rows the test rows may hold none. */
const FEWEST_OF_A_CLASS = 20;

/** What is told of the target beside the verdict. */
type Told = Pick<
  ProblemPlan,
  'positiveShare' | 'positiveWhy' | 'twoClasses' | 'classes'
>;
export type Verdict = Exclude<
  ReturnType<typeof judgeTarget>,
  { field: string }
>;

/** What the target makes of the problem, or at which field it cannot work and why. */
export async function targetOfForm(
  table: OpenTable,
  form: ProblemForm,
  column: ColumnFacts,
): Promise<{ errors: FieldError[] } | ({ verdict: Verdict } & Told)> {
  const target = await readTarget(table, column);
  const verdict = judgeTarget(target, form.positive);
  if ('field' in verdict) return { errors: [verdict] };
  if (verdict.task === 'multiclass') {
    return { verdict, classes: target.distinct };
  }
  if (verdict.task === 'regression') return { verdict };
  const rule = readRule(verdict.positive!)!;
  const positiveShare = await positiveShareOf(table, column, rule);
  if (positiveShare === 0 || positiveShare === 1) {
    return {
      errors: [
        {
          field: 'positive',
          message: `'${verdict.positive}' is true for ${
            positiveShare ? 'all' : 'none'
          } of the rows`,
        },
      ],
    };
  }
  const fewer = Math.round(
    Math.min(positiveShare, 1 - positiveShare) * target.known,
  );
  if (fewer < FEWEST_OF_A_CLASS) {
    const message = `'${verdict.positive}' parts off only ${fewer} of ${target.known} rows; at least ${FEWEST_OF_A_CLASS} on each side are needed to learn from and to judge by`;
    return {
      errors: [{ field: form.positive ? 'positive' : 'target', message }],
    };
  }
  const twoClasses =
    target.distinct === 2
      ? twoClassesOf(target).map(({ value }) => value)
      : undefined;
  return {
    verdict,
    positiveShare,
    classes: 2,
    ...(verdict.why ? { positiveWhy: verdict.why } : {}),
    ...(twoClasses ? { twoClasses } : {}),
  };
}
