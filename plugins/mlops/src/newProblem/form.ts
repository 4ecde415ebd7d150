import {
  ColumnProfile,
  ProblemFormInput,
  RiskClass,
  TableProfile,
  TableSource,
} from '@mlops-portal/plugin-mlops-common';

/** The scaffolder template that makes a problem. */
export const TEMPLATE_REF = 'template:default/new-ml-problem';

export const ROLES = [
  'feature',
  'target',
  'time',
  'entity',
  'excluded',
] as const;
export type Role = (typeof ROLES)[number];

/** `rule`: positive or not by a rule; `asIs`: the number or the label itself. */
export type Outcome = 'rule' | 'asIs';
export const OPERATORS = ['>', '>=', '<', '<=', '=='] as const;
export type Operator = (typeof OPERATORS)[number];

/** What the person has typed or chosen; kept as a draft. What is undefined follows the suggestion. */
export interface Draft {
  source?: TableSource;
  /** Name of an uploaded file, to show it again. */
  uploadName?: string;
  /** Roles that were changed by hand. */
  roles: Record<string, Role>;
  outcome?: Outcome;
  operator?: Operator;
  threshold?: string;
  /** Of two classes the positive one, where it is not the suggested. */
  positiveClass?: string;
  /** Column -> how its dates are written, where that had to be chosen. */
  written: Record<string, string>;
  name?: string;
  title?: string;
  objective: string;
  owner?: string;
  metric?: string;
  metricTarget?: number;
  risk: RiskClass;
  schedule: string;
  when: Array<'drift' | 'quality'>;
  coolDownDays: number;
  neededWindows: number;
  trainUntil?: string;
}

export const EMPTY_DRAFT: Draft = {
  roles: {},
  written: {},
  objective: '',
  risk: 'limited',
  schedule: '0 3 * * 1',
  when: ['drift', 'quality'],
  coolDownDays: 7,
  neededWindows: 2,
};

/** Every choice with suggestions filled in. */
export interface Choices {
  roles: Record<string, Role>;
  target?: ColumnProfile;
  time?: string;
  entity: string[];
  exclude: string[];
  outcome: Outcome;
  operator: Operator;
  threshold: string;
  positive?: string;
  name: string;
  title: string;
  owner: string;
  trainUntil: string;
}

const RULE = /^(>=|<=|==|>|<)\s*(.+)$/;

function suggestedRole(column: ColumnProfile, table: TableProfile): Role {
  const { target, time, entity } = table.suggested;
  if (column.name === target) return 'target';
  if (column.name === time) return 'time';
  if (entity.includes(column.name)) return 'entity';
  return 'feature';
}

/** Role of every column: the person's where given; a target or time chosen by hand takes the place of the suggested one. */
export function rolesOf(
  table: TableProfile,
  chosen: Record<string, Role>,
): Record<string, Role> {
  const byHand = (role: Role) =>
    table.columns.some(c => chosen[c.name] === role);
  return Object.fromEntries(
    table.columns.map(column => {
      const suggested = suggestedRole(column, table);
      const single = suggested === 'target' || suggested === 'time';
      const fallback = single && byHand(suggested) ? 'feature' : suggested;
      return [column.name, chosen[column.name] ?? fallback];
    }),
  );
}

/** Gives a column a role; the column that was target or time before becomes a feature. */
export function withRole(
  table: TableProfile,
  chosen: Record<string, Role>,
  column: string,
  role: Role,
): Record<string, Role> {
  const next = { ...chosen, [column]: role };
  if (role === 'target' || role === 'time') {
    for (const [other, its] of Object.entries(rolesOf(table, chosen))) {
      if (other !== column && its === role) next[other] = 'feature';
    }
  }
  return next;
}

/** A name along the loop made of any text; empty where no letter is left. */
export function slug(text: string): string {
  return text
    .toLocaleLowerCase('en-US')
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .slice(0, 63)
    .replace(/-+$/, '');
}

function tableName(draft: Draft, table: TableProfile): string {
  const { source } = draft;
  if (source?.kind === 'example') return source.example;
  const path = draft.uploadName ?? table.uri;
  return path.replace(/^.*\//, '').replace(/\.\w+$/, '');
}

/** The draft with every suggestion of the table filled in. */
export function choicesOf(
  draft: Draft,
  table: TableProfile,
  defaultOwner: string,
): Choices {
  const roles = rolesOf(table, draft.roles);
  const named = (role: Role) =>
    table.columns.map(c => c.name).filter(name => roles[name] === role);
  const target = table.columns.find(c => roles[c.name] === 'target');
  const suggested =
    target && target.name === table.suggested.target
      ? RULE.exec(table.suggested.positive ?? '')
      : null;
  const outcome = draft.outcome ?? (suggested ? 'rule' : 'asIs');
  const operator =
    draft.operator ?? (suggested?.[1] as Operator | undefined) ?? '>';
  const threshold = draft.threshold ?? suggested?.[2] ?? '';
  const rule = threshold.trim() ? `${operator} ${threshold.trim()}` : undefined;
  const [time] = named('time');
  return {
    roles,
    target,
    time,
    entity: named('entity'),
    exclude: named('excluded'),
    outcome,
    operator,
    threshold,
    positive: outcome === 'rule' ? rule : classRule(draft.positiveClass),
    name:
      draft.name ??
      slug([tableName(draft, table), target?.name ?? ''].join(' ')),
    title: draft.title ?? '',
    owner: draft.owner ?? defaultOwner,
    trainUntil: draft.trainUntil ?? (time && table.suggested.trainUntil) ?? '',
  };
}

function classRule(name: string | undefined): string | undefined {
  return name === undefined ? undefined : `== ${name}`;
}

/** What the hub and the template are sent. */
export function requestOf(draft: Draft, choices: Choices): ProblemFormInput {
  const metric = draft.metric
    ? { name: draft.metric, target: draft.metricTarget }
    : undefined;
  return {
    name: choices.name,
    title: choices.title.trim(),
    objective: draft.objective.trim(),
    owner: choices.owner,
    source: draft.source!,
    target: choices.target?.name ?? '',
    ...(choices.positive ? { positive: choices.positive } : {}),
    ...(choices.time ? { time: choices.time } : {}),
    entity: choices.entity,
    exclude: choices.exclude,
    ...(Object.keys(draft.written).length ? { written: draft.written } : {}),
    ...(metric ? { metric } : {}),
    risk: draft.risk,
    retraining: {
      schedule: draft.schedule.trim(),
      when: draft.when,
      coolDownDays: draft.coolDownDays,
      neededWindows: draft.neededWindows,
    },
    trainUntil: choices.time ? choices.trainUntil.trim() : '',
  };
}

/** The request with stand-ins for what is not typed yet, so that the table can be judged early. */
export function previewOf(request: ProblemFormInput): ProblemFormInput {
  return {
    ...request,
    name: 'preview',
    title: request.title.length >= 3 ? request.title : 'preview',
    owner: request.owner || 'user:default/preview',
  };
}
