import type { ProblemPlan } from '@mlops-portal/plugin-mlops-common';
import type { Choices, Draft } from './form';

export type Field =
  | 'source'
  | 'target'
  | 'positive'
  | 'time'
  | 'entity'
  | 'exclude'
  | 'name'
  | 'title'
  | 'objective'
  | 'owner'
  | 'metric'
  | 'risk'
  | 'retraining'
  | 'trainUntil';

/** A field that stops Create. `message` is a text of the hub, `key` one of our own. */
export interface Problem {
  field: Field;
  message?: string;
  key?: string;
  /** Nothing is wrong with what was typed: it is not typed yet. */
  open?: boolean;
}

const NAME = /^[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const CRON = /^(\S+\s+){4}\S+$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** What can be said without asking the hub. */
export function localProblems(
  draft: Draft,
  choices: Choices | undefined,
  nameTaken: boolean,
): Problem[] {
  if (!draft.source || !choices) {
    const open = !draft.source;
    return [{ field: 'source', key: 'error.sourceMissing', open }];
  }
  const problems: Problem[] = [];
  const check = (bad: boolean, field: Field, key: string, open = false) => {
    if (bad) problems.push({ field, key: `error.${key}`, open });
  };
  check(!choices.target, 'target', 'targetMissing', untouched(draft.roles));
  check(
    choices.outcome === 'rule' && !choices.positive,
    'positive',
    'ruleMissing',
    draft.threshold === undefined,
  );
  check(
    !NAME.test(choices.name),
    'name',
    'nameForm',
    !choices.name && draft.name === undefined,
  );
  check(nameTaken, 'name', 'nameTaken');
  check(
    choices.title.trim().length < 3,
    'title',
    'titleShort',
    !choices.title.trim(),
  );
  check(!choices.owner, 'owner', 'ownerMissing');
  const schedule = draft.schedule.trim();
  check(Boolean(schedule) && !CRON.test(schedule), 'retraining', 'cron');
  const until = choices.time ? choices.trainUntil.trim() : '';
  check(
    Boolean(until) && !(DAY.test(until) && !Number.isNaN(Date.parse(until))),
    'trainUntil',
    'day',
  );
  return problems;
}

/** No column was given a role by hand. */
function untouched(roles: Draft['roles']): boolean {
  return Object.keys(roles).length === 0;
}

/** Local problems first, then the hub's of other fields. */
export function allProblems(
  local: Problem[],
  plan: ProblemPlan | undefined,
): Problem[] {
  const seen = new Set(local.map(p => p.field));
  const remote = (plan?.errors ?? []).map(({ field, message }) => ({
    field: field.split('.')[0] as Field,
    message,
  }));
  return [...local, ...remote.filter(p => !seen.has(p.field))];
}

export const SECTIONS = {
  source: ['source'],
  columns: ['target', 'time', 'entity', 'exclude'],
  outcome: ['positive'],
  problem: [
    'name',
    'title',
    'objective',
    'owner',
    'metric',
    'risk',
    'retraining',
    'trainUntil',
  ],
} satisfies Record<string, Field[]>;
