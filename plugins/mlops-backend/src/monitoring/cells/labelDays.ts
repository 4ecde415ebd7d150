import { promises as fs } from 'fs';
import {
  DayQuality,
  SCORE_BINS,
  Task,
} from '@mlops-portal/plugin-mlops-common';
import { Duck, literal, withDuck } from '../../duckdb/duckdb';

export interface LabelledDay {
  version: number;
  day: string;
  quality: DayQuality;
}

/**
 * Joins the labels of an endpoint to its scored predictions and sums up what quality is computed from, by version and day.
 * Of several labels for an id the last one counts. `unknown` counts labels without a prediction.
 */
export async function labelDays(options: {
  labels: string[];
  /** Parquet of ids and predictions. */
  scored: Array<{ version: number; day: string; file: string }>;
  task: Task;
  /** Names of the classes, the positive one last; of a binary problem. */
  classes: string[];
  spill: string;
  signal?: AbortSignal;
}): Promise<{ days: LabelledDay[]; unknown: number }> {
  const { labels, task, signal } = options;
  const scored = await existing(options.scored);
  const files = scored.map(({ file }) => file);
  return withDuck(
    { files: [...labels, ...files], spill: options.spill, signal },
    async duck => {
      await readLabels(duck, labels);
      await readScored(duck, scored);
      const [{ unknown }] = await duck.rows<{ unknown: number }>(
        'SELECT count(*)::DOUBLE AS unknown FROM labels ANTI JOIN scored USING (id)',
      );
      const sums = SUMS[task](options.classes);
      const rows = await duck.rows(
        `SELECT version, day, ${sums.select} FROM scored LEFT JOIN labels USING (id) GROUP BY ALL`,
      );
      return {
        unknown,
        days: groupDays(rows, sums.read),
      };
    },
  );
}

async function existing<T extends { file: string }>(all: T[]): Promise<T[]> {
  const there = await Promise.all(
    all.map(({ file }) =>
      fs.stat(file).then(
        () => true,
        () => false,
      ),
    ),
  );
  return all.filter((_, index) => there[index]);
}

async function readLabels(duck: Duck, files: string[]) {
  await duck.run(
    files.length
      ? `CREATE TABLE labels AS SELECT id, arg_max(label, s) AS label FROM read_json([${files
          .map(literal)
          .join(
            ', ',
          )}], format='newline_delimited', ignore_errors=true, columns={id: 'VARCHAR', label: 'VARCHAR', s: 'BIGINT'}) WHERE id IS NOT NULL GROUP BY id`
      : 'CREATE TABLE labels (id VARCHAR, label VARCHAR)',
  );
}

async function readScored(
  duck: Duck,
  scored: Array<{ version: number; day: string; file: string }>,
) {
  await duck.run(
    'CREATE TABLE files (filename VARCHAR, version INT, day VARCHAR)',
  );
  if (!scored.length) {
    await duck.run(
      'CREATE TABLE scored (id VARCHAR, p VARCHAR, version INT, day VARCHAR)',
    );
    return;
  }
  await duck.run(
    `INSERT INTO files VALUES ${scored
      .map(
        ({ file, version, day }) =>
          `(${literal(file)}, ${version}, ${literal(day)})`,
      )
      .join(', ')}`,
  );
  await duck.run(
    `CREATE TABLE scored AS SELECT id, p, version, day FROM read_parquet([${scored
      .map(({ file }) => literal(file))
      .join(', ')}], filename=true) JOIN files USING (filename)`,
  );
}

type Read = (rows: Array<Record<string, any>>) => DayQuality;

/** What is summed up for each task, and how a day's row becomes its quality. */
const SUMS: Record<
  Task,
  (classes: string[]) => { select: string; read: Read }
> = {
  binary: classes => {
    const words = (cls: string | undefined, ...more: string[]) =>
      [...more, ...(cls === undefined ? [] : [cls.toLowerCase()])]
        .map(literal)
        .join(', ');
    const y = `(CASE WHEN lower(label) IN (${words(
      classes[1],
      '1',
      '1.0',
      'true',
    )}) THEN 1 WHEN lower(label) IN (${words(
      classes[0],
      '0',
      '0.0',
      'false',
    )}) THEN 0 END)`;
    const p = 'TRY_CAST(p AS DOUBLE)';
    const known = `${y} IS NOT NULL AND ${p} IS NOT NULL`;
    const safe = `greatest(1e-15, least(1 - 1e-15, ${p}))`;
    const bin = `greatest(0, least(${
      SCORE_BINS - 1
    }, floor((ln(${safe} / (1 - ${safe})) + 10) * 10)))::INT`;
    const logLoss = `(-ln(CASE ${y} WHEN 1 THEN ${safe} ELSE 1 - ${safe} END))`;
    const brier = `pow(${p} - ${y}, 2)`;
    const right = (outcome: number) =>
      `count_if(${y} = ${outcome} AND (${p} > 0.5)::INT = ${outcome})::DOUBLE`;
    const sum = (sql: string) =>
      `coalesce(sum(${sql}) FILTER (WHERE ${known}), 0)::DOUBLE`;
    return {
      select:
        `count(*)::DOUBLE AS predictions, count_if(${known})::DOUBLE AS labels, ` +
        `coalesce(sum(${p}), 0)::DOUBLE AS "predictionSum", ${sum(
          y,
        )} AS "labelSum", ` +
        `histogram(${bin}) FILTER (WHERE ${known} AND ${y} = 0) AS zero, ` +
        `histogram(${bin}) FILTER (WHERE ${known} AND ${y} = 1) AS one, ` +
        `${sum(logLoss)} AS "logLoss", ${sum(
          `pow(${logLoss}, 2)`,
        )} AS "logLoss2", ` +
        `${sum(brier)} AS brier, ${sum(`pow(${brier}, 2)`)} AS brier2, ` +
        `${right(0)} AS "rightZero", ${right(1)} AS "rightOne"`,
      read: ([{ version, day, zero, one, ...sums }]) =>
        ({
          task: 'binary',
          ...sums,
          zero: binsOf(zero),
          one: binsOf(one),
        } as DayQuality),
    };
  },
  regression: () => {
    const p = 'TRY_CAST(p AS DOUBLE)';
    const y = 'TRY_CAST(label AS DOUBLE)';
    const known = `${p} IS NOT NULL AND ${y} IS NOT NULL`;
    const sum = (sql: string) =>
      `coalesce(sum(${sql}) FILTER (WHERE ${known}), 0)::DOUBLE`;
    return {
      select:
        `count(*)::DOUBLE AS predictions, count_if(${known})::DOUBLE AS labels, ` +
        `coalesce(sum(${p}), 0)::DOUBLE AS "predictionSum", ${sum(
          y,
        )} AS "labelSum", ` +
        `${sum(`abs(${p} - ${y})`)} AS absolute, ${sum(
          `pow(${p} - ${y}, 2)`,
        )} AS squared, ` +
        `${sum(`pow(${p} - ${y}, 4)`)} AS fourth, ${sum(
          `pow(${y}, 2)`,
        )} AS label2`,
      read: ([{ version, day, ...sums }]) =>
        ({ task: 'regression', ...sums } as DayQuality),
    };
  },
  multiclass: () => ({
    select: 'label, p, count(*)::DOUBLE AS n',
    read: rows => {
      const confusion: Record<string, Record<string, number>> = {};
      let predictions = 0;
      let labels = 0;
      for (const { label, p, n } of rows) {
        predictions += n;
        if (label === null) continue;
        labels += n;
        confusion[label] ??= {};
        confusion[label][p ?? ''] = n;
      }
      return {
        task: 'multiclass',
        predictions,
        labels,
        predictionSum: 0,
        labelSum: 0,
        confusion,
      };
    },
  }),
};

function binsOf(counts: Array<{ key: number; value: string }> | null) {
  const bins = new Array<number>(SCORE_BINS).fill(0);
  for (const { key, value } of counts ?? []) bins[Number(key)] = Number(value);
  return bins;
}

function groupDays(
  rows: Array<Record<string, any>>,
  read: Read,
): LabelledDay[] {
  const groups = new Map<string, Array<Record<string, any>>>();
  for (const row of rows) {
    const key = `${row.version}/${row.day}`;
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return [...groups.values()].map(group => ({
    version: group[0].version,
    day: group[0].day,
    quality: read(group),
  }));
}
