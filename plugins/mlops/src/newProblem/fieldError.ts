import { Problem, Field } from './problems';
import { WordKey, Words } from './useWords';

/** Text of what is wrong with a field, for people. */
export function textOf(problem: Problem, words: Words): string {
  return problem.key ? words(problem.key as WordKey) : problem.message ?? '';
}

/**
 * Properties that make a field of Backstage UI show its problem; nothing where it has none. `isInvalid` must
 * stay away: a field that gets it shows no text.
 */
export function errorOf(
  field: Field,
  problems: Problem[],
  words: Words,
): { validationBehavior: 'aria'; validate: () => string | null } {
  // What is only not typed yet is counted at the side, but not shouted at.
  const problem = problems.find(p => p.field === field && !p.open);
  const text = problem ? textOf(problem, words) : null;
  return { validationBehavior: 'aria', validate: () => text };
}

/** Id of the part of the page where a field stands. */
export function idOf(field: Field): string {
  return `ml-new-${field}`;
}

/** Moves to a field and puts the cursor into it. */
export function focusField(field: Field): void {
  const part = document.getElementById(idOf(field));
  part?.scrollIntoView?.({ block: 'center' });
  part
    ?.querySelector<HTMLElement>('input:not([type=hidden]), button, textarea')
    ?.focus();
}
