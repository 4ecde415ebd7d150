import {
  ColumnKind,
  Encoding,
  ProblemForm,
  TemplateValues,
} from '../api/sources';
import { directionOf, Task } from '../vocabulary/states';
import { METRICS_OF } from './metrics';
import { planTime, TimeFacts, TimePlan } from './timePlan';

/** An input column as the table shows it. */
export interface InputColumn {
  name: string;
  kind: ColumnKind | null;
  /** Why it is left out; with `kind` null. */
  leftOut?: string;
  /** Share of the rows without a usable value, 0 to 1. */
  missing: number;
}

/** What is known of table and target once they have been checked. */
export interface PlanFacts {
  uri: string;
  /** Of a CSV file. */
  encoding?: Encoding | 'utf-8';
  /** Rows before `trainUntil`. */
  rows: number;
  task: Task;
  /** Rule that makes a row positive; null unless binary. */
  positive: string | null;
  positiveShare: number | null;
  targetIsNumber: boolean;
  /** Every column of the table but target and time, in the table's order. */
  columns: InputColumn[];
  time?: TimeFacts;
  /** How columns are written whose numbers or times cannot be read plainly: name -> format. */
  written?: Record<string, string>;
}

/** Below this share of positive rows ranking all of them says little: average precision instead of ROC AUC. */
const RARE = 0.05;
/** Names the served model uses itself. */
export const RESERVED_NAMES = ['prediction', 'probabilities'];

/**
 * Values that the repository template is rendered with. `facts` have passed the checks: this function decides, it refuses
 * nothing but a span of time that no windows fit into (`{ field, message }`).
 */
export function templateValues(
  form: ProblemForm,
  facts: PlanFacts,
): { values: TemplateValues } | { field: string; message: string } {
  const { columns, leftOut } = split(form, facts.columns);
  const taken = new Set([...Object.keys(columns), form.target]);
  if (form.time) taken.add(form.time);
  const fresh = (word: string) => {
    let name = word;
    while (taken.has(name) || RESERVED_NAMES.includes(name)) name += '_';
    taken.add(name);
    return name;
  };
  const time = facts.time
    ? planTime(facts.time, {
        entity: form.entity.length > 0,
        history: facts.task !== 'multiclass',
      })
    : undefined;
  if (time && 'message' in time) return { field: 'time', ...time };
  const calendar = Object.fromEntries(
    (time?.calendar ?? []).map(([word, code]) => [fresh(word), code]),
  );
  const fromDates = dateParts(columns, Boolean(form.time), fresh);
  const history = historyOf(form, facts, time, fresh);
  const metric = form.metric ?? {
    name:
      facts.task === 'binary' && (facts.positiveShare ?? 0) < RARE
        ? 'average_precision'
        : METRICS_OF[facts.task][0],
  };
  const ofKind = (...kinds: ColumnKind[]) =>
    Object.keys(columns).filter(name => kinds.includes(columns[name]));
  return {
    values: {
      name: form.name,
      title: oneLine(form.title),
      objective: oneLine(
        form.objective ||
          `Predict ${form.target}${facts.positive ? ` ${facts.positive}` : ''}`,
      ).replace(/\.$/, ''),
      owner: form.owner,
      data: facts.uri,
      encoding:
        facts.encoding && facts.encoding !== 'utf-8' ? facts.encoding : null,
      written: Object.fromEntries(
        Object.entries(facts.written ?? {}).filter(
          ([name]) =>
            name in columns || name === form.target || name === form.time,
        ),
      ),
      task: facts.task,
      risk: form.risk,
      target: form.target,
      positive: facts.positive,
      time: form.time ?? null,
      entity: form.entity,
      left_out: leftOut,
      columns,
      calendar,
      from_dates: fromDates,
      history,
      windows: time ? time.windows : { test_share: 0.2 },
      numbers: [
        ...ofKind('number', 'flag'),
        ...Object.keys(calendar),
        ...Object.keys(fromDates),
        ...(history ? [history.mean, history.count] : []),
      ],
      texts: ofKind('text'),
      max_missing: allowedMissing(facts.columns, columns),
      min_rows: Math.min(1000, Math.floor(facts.rows / 4)),
      metric,
      direction: directionOf(metric.name),
      train_until: form.trainUntil,
      retraining: {
        schedule: oneLine(form.retraining.schedule),
        when: form.retraining.when,
        cool_down: `${form.retraining.coolDownDays}d`,
        needed_windows: form.retraining.neededWindows,
      },
      monitoring: { window: '7d', limit: 0.2, min_rows: 1000, bins: 10 },
      serving: { canary: [10, 100] },
    },
  };
}

function split(form: ProblemForm, all: InputColumn[]) {
  const columns: Record<string, ColumnKind> = {};
  const leftOut: Record<string, string> = {};
  for (const { name, kind, leftOut: why } of all) {
    if (form.exclude.includes(name)) continue;
    if (form.entity.includes(name)) columns[name] = 'text';
    else if (kind) columns[name] = kind;
    else leftOut[name] = why ?? 'cannot be used';
  }
  return { columns, leftOut };
}

/** A date becomes an age and parts of the calendar: an epoch loses digits in float32 and says nothing about next year. */
function dateParts(
  columns: Record<string, ColumnKind>,
  hasTime: boolean,
  fresh: (word: string) => string,
): Record<string, string> {
  const parts: Record<string, string> = {};
  for (const [name, kind] of Object.entries(columns)) {
    if (kind !== 'date') continue;
    const value = `rows[${JSON.stringify(name)}]`;
    if (hasTime) {
      parts[fresh(`${name}_days`)] = `(when - ${value}).dt.days`;
    }
    parts[fresh(`${name}_year`)] = `${value}.dt.year`;
    parts[fresh(`${name}_month`)] = `${value}.dt.month`;
  }
  return parts;
}

function historyOf(
  form: ProblemForm,
  facts: PlanFacts,
  time: TimePlan | undefined,
  fresh: (word: string) => string,
) {
  if (!time?.history) return null;
  const word = `recent_${form.target}`;
  return {
    ...time.history,
    mean: fresh(word),
    count: fresh(`${word}_rows`),
    value: facts.targetIsNumber ? form.target : '__outcome',
  };
}

/** Columns that miss more than the default allows get one and a half times of what they miss now. */
function allowedMissing(
  all: InputColumn[],
  used: Record<string, ColumnKind>,
): Record<string, number> {
  return Object.fromEntries(
    all
      .filter(({ name, missing }) => name in used && missing > 0.03)
      .map(({ name, missing }) => [
        name,
        Math.round(Math.min(1, missing * 1.5 + 0.05) * 100) / 100,
      ]),
  );
}

function oneLine(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}
