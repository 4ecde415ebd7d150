import {
  ColumnKind,
  FieldError,
  InputColumn,
  METRICS_OF,
  parseCron,
  ProblemForm,
  ProblemPlan,
  RESERVED_NAMES,
  FEWEST_ROWS,
  templateValues,
  TimeFacts,
} from '@mlops-portal/plugin-mlops-common';
import { ColumnFacts, readFacts } from './facts';
import { findLeaks } from './leaks';
import { OpenTable } from './table';
import { knownRows, outcomeSql } from './targetFacts';
import { targetOfForm, Verdict } from './targetPlan';
import { thinWindows } from './thinWindows';
import { timeOf } from './expressions';
import { writtenOf } from './written';
import { readTime } from './timeFacts';

/** Says what would be made of a table by the form, or at which fields it cannot work and why. */
export async function planTable(
  table: OpenTable,
  form: ProblemForm,
): Promise<ProblemPlan> {
  const facts = await readFacts(table);
  const byName = new Map(facts.map(each => [each.column.name, each]));
  const errors = [...roleErrors(form, byName), ...scheduleErrors(form)];
  if (table.rows < FEWEST_ROWS) {
    errors.push({
      field: 'source',
      message: `the table has ${table.rows} rows; at least ${FEWEST_ROWS} are needed`,
    });
  }
  if (errors.length) return { errors };

  const target = await targetOfForm(table, form, byName.get(form.target)!);
  const outcome =
    'verdict' in target
      ? outcomeSql(byName.get(form.target)!, target.verdict)
      : undefined;
  const time = await timeOfForm(table, form, byName, outcome);
  if ('errors' in target || 'errors' in time) {
    return {
      errors: [
        ...('errors' in target ? target.errors : []),
        ...('errors' in time ? time.errors : []),
      ],
    };
  }
  const { verdict, ...told } = target;
  if (form.metric && !METRICS_OF[verdict.task].includes(form.metric.name)) {
    return {
      errors: [
        {
          field: 'metric',
          message: `'${form.metric.name}' does not judge a ${
            verdict.task
          } problem; possible are ${METRICS_OF[verdict.task].join(', ')}`,
        },
      ],
    };
  }
  const columns = await inputColumns(table, form, facts, verdict);
  if ('errors' in columns) return columns;
  const planned = templateValues(form, {
    uri: table.place.path,
    encoding: table.encoding?.name,
    rows: time.rows,
    task: verdict.task,
    positive: verdict.positive,
    positiveShare: told.positiveShare ?? null,
    targetIsNumber:
      byName.get(form.target)!.numeric &&
      byName.get(form.target)!.column.class !== 'bool',
    columns: columns.columns,
    time: time.time,
    written: writtenOf(table.columns, form),
  });
  if ('message' in planned) return { errors: [planned] };
  const thin = await thinWindows(
    table,
    { values: planned.values, end: time.time?.end },
    {
      outcome: outcome!,
      when: form.time && timeOf(byName.get(form.time)!.column),
    },
  );
  if (thin.length) return { errors: thin };
  return { errors: [], task: verdict.task, ...told, values: planned.values };
}

/** Each role names columns that exist, and no column plays two that exclude each other. */
function roleErrors(
  form: ProblemForm,
  byName: Map<string, ColumnFacts>,
): FieldError[] {
  const errors: FieldError[] = [];
  const has = (field: string, name: string) => {
    if (byName.has(name)) return true;
    errors.push({ field, message: `the table has no column '${name}'` });
    return false;
  };
  has('target', form.target);
  if (form.time && has('time', form.time) && form.time === form.target) {
    errors.push({
      field: 'time',
      message: `'${form.time}' is the target already`,
    });
  }
  for (const [index, name] of form.entity.entries()) {
    if (!has('entity', name)) continue;
    let why: string | undefined;
    if (name === form.target) why = 'is the target already';
    else if (name === form.time) why = 'is the time already';
    else if (form.exclude.includes(name)) why = 'is excluded as well';
    else if (form.entity.indexOf(name) !== index) why = 'is named twice';
    else if (RESERVED_NAMES.includes(name)) {
      why = 'is a name that the served model uses itself; rename the column';
    } else if (byName.get(name)!.column.class === 'other') {
      why = 'holds no single values';
    }
    if (why) errors.push({ field: 'entity', message: `'${name}' ${why}` });
  }
  for (const name of form.exclude) {
    if (!has('exclude', name)) continue;
    if (name === form.target || name === form.time) {
      errors.push({
        field: 'exclude',
        message: `'${name}' is the ${
          name === form.target ? 'target' : 'time'
        } and cannot be left out`,
      });
    }
  }
  return errors;
}

function scheduleErrors({ retraining }: ProblemForm): FieldError[] {
  if (!retraining.schedule) return [];
  try {
    parseCron(retraining.schedule);
    return [];
  } catch (error) {
    const { message } = error as Error;
    return [{ field: 'retraining.schedule', message }];
  }
}

async function timeOfForm(
  table: OpenTable,
  form: ProblemForm,
  byName: Map<string, ColumnFacts>,
  outcome: string | undefined,
): Promise<{ errors: FieldError[] } | { time?: TimeFacts; rows: number }> {
  if (!form.time) {
    if (!form.trainUntil) return { rows: await knownRows(table, outcome) };
    const message = 'needs a time column to go by';
    return { errors: [{ field: 'trainUntil', message }] };
  }
  const found = await readTime(
    table,
    byName.get(form.time)!,
    form.entity.map(name => byName.get(name)!.column),
    form.trainUntil,
    outcome ? `(${outcome}) IS NOT NULL` : 'true',
  );
  if ('field' in found) return { errors: [found] };
  if (found.rows < FEWEST_ROWS) {
    const message = `${found.rows} rows with a time and a target lie before ${
      form.trainUntil || 'the end'
    }; at least ${FEWEST_ROWS} are needed`;
    return {
      errors: [{ field: form.trainUntil ? 'trainUntil' : 'time', message }],
    };
  }
  return found;
}

async function inputColumns(
  table: OpenTable,
  form: ProblemForm,
  facts: ColumnFacts[],
  verdict: Verdict,
): Promise<{ columns: InputColumn[] } | { errors: FieldError[] }> {
  const others = facts.filter(
    ({ column: { name } }) =>
      name !== form.target &&
      name !== form.time &&
      !form.exclude.includes(name),
  );
  const target = facts.find(({ column }) => column.name === form.target)!;
  const leaks = await findLeaks(
    table,
    others.filter(
      each => each.kind !== null || form.entity.includes(each.column.name),
    ),
    {
      sql: outcomeSql(target, verdict),
      task: verdict.task,
      name: form.target,
    },
  );
  const entity = form.entity.find(name => leaks.has(name));
  if (entity) {
    const message = `'${entity}' ${leaks.get(entity)}`;
    return { errors: [{ field: 'entity', message }] };
  }
  const columns = others.map(each => inputColumn(each, table.rows, leaks));
  const usable = columns.some(
    ({ name, kind }) => kind !== null || form.entity.includes(name),
  );
  if (usable) return { columns };
  const reasons = columns.map(({ name, leftOut }) => `${name}: ${leftOut}`);
  const message = `no usable input column is left${
    reasons.length ? ` (${reasons.slice(0, 5).join('; ')})` : ''
  }; add one that says something of the row beside ${
    form.time ? 'its target and time' : 'its target'
  }`;
  return { errors: [{ field: 'source', message }] };
}

function inputColumn(
  each: ColumnFacts,
  rows: number,
  leaks: Map<string, string>,
): InputColumn {
  const { name } = each.column;
  const reserved = RESERVED_NAMES.includes(name) || name.startsWith('__');
  const leftOut =
    leaks.get(name) ??
    (reserved ? 'a name that the pipeline uses itself' : each.leftOut);
  const kind: ColumnKind | null = leftOut ? null : each.kind;
  const usable = kind === 'number' ? each.numbers : each.known;
  return {
    name,
    kind,
    ...(leftOut ? { leftOut } : {}),
    missing: rows ? 1 - usable / rows : 0,
  };
}
