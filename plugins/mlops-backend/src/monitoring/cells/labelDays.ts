import { promises as fs } from 'fs';
import { dirname } from 'path';
import { DayQuality, Task } from '@mlops-portal/plugin-mlops-common';
import { Duck, literal, withDuck } from '../../duckdb/duckdb';
import { exists } from '../capture/layout';
import { SUMS } from './qualitySums';

export interface LabelledDay {
  version: number;
  day: string;
  quality: DayQuality;
}

export interface DayToLabel {
  version: number;
  day: string;
  /** Parquet of the day's ids and predictions; a day without it keeps the quality that it has. */
  scored: string;
  /** Parquet of the labels that are known of the day: `id`, `label` as JSON, `s`. Need not exist; replaced as a whole. */
  labelled: string;
  /** Whether its predictions are others than when it was last labelled. */
  changed: boolean;
}

const LIMIT_MS = 600_000;

/**
 * Finds the predictions that new labels belong to and sums up what quality is computed from, for the days that this changes.
 * What was found stays beside the day, so that neither older labels nor other days are read again: new labels are looked for from
 * the newest day back until all of them are found. Of several labels for an id the last one counts.
 *
 * Doing it twice gives the same: `done` is told of a day before the day's labels are replaced. `unknown` counts labels without a
 * prediction, kept in `open` for predictions that come later.
 */
export async function labelDays(
  options: {
    /** Files of labels that are new, or have grown. */
    labels: string[];
    /** Parquet of labels without a prediction so far. Need not exist; replaced as a whole. */
    open: string;
    /** Of those, ones that are older (`s`) are forgotten. */
    oldest?: number;
    days: DayToLabel[];
    task: Task;
    /** Names of the classes, the positive one last; of a binary problem. */
    classes: string[];
    spill: string;
    signal?: AbortSignal;
  },
  done: (day: LabelledDay) => Promise<void>,
): Promise<{ unknown: number }> {
  const days = await scoredOnly(options.days);
  const folders = [
    ...new Set([options.open, ...days.map(d => d.labelled)].map(dirname)),
  ];
  for (const folder of folders) await fs.mkdir(folder, { recursive: true });
  return withDuck(
    {
      files: [...options.labels, ...days.map(({ scored }) => scored)],
      folders,
      spill: options.spill,
      signal: options.signal,
      timeoutMs: LIMIT_MS,
    },
    async duck => {
      await readLabels(duck, options);
      for (const day of days.sort(newestFirst)) {
        if (day.changed || (await count(duck, 'labels WHERE isNew'))) {
          await labelDay(duck, day, options, done);
        }
      }
      const unknown = await count(duck, 'labels');
      await replace(duck, 'SELECT id, label, s FROM labels', options.open);
      return { unknown };
    },
  );
}

function newestFirst(a: DayToLabel, b: DayToLabel): number {
  return b.day.localeCompare(a.day) || b.version - a.version;
}

async function scoredOnly(days: DayToLabel[]): Promise<DayToLabel[]> {
  const there = await Promise.all(days.map(({ scored }) => exists(scored)));
  return days.filter((_, index) => there[index]);
}

/** Table `labels`; those that were looked for before are not new: only a day that has changed can have their prediction. */
async function readLabels(
  duck: Duck,
  { labels, open, oldest }: { labels: string[]; open: string; oldest?: number },
) {
  const parts: string[] = [];
  if (labels.length) {
    parts.push(
      `SELECT id, nullif(label::VARCHAR, 'null') AS label, s, true AS isNew FROM read_json([${labels
        .map(literal)
        .join(
          ', ',
        )}], format='newline_delimited', ignore_errors=true, columns={id: 'VARCHAR', label: 'JSON', s: 'BIGINT'}) WHERE id IS NOT NULL`,
    );
  }
  if (await exists(open)) {
    parts.push(
      `SELECT id, label, s, false AS isNew FROM read_parquet(${literal(
        open,
      )}) WHERE s >= ${oldest ?? 0}`,
    );
  }
  await duck.run(
    parts.length
      ? `CREATE TABLE labels AS SELECT id, arg_max(label, s) AS label, max(s) AS s, bool_and(isNew) AS isNew FROM (${parts.join(
          ' UNION ALL ',
        )}) GROUP BY id`
      : 'CREATE TABLE labels (id VARCHAR, label VARCHAR, s BIGINT, isNew BOOLEAN)',
  );
}

async function labelDay(
  duck: Duck,
  { version, day, scored, labelled, changed }: DayToLabel,
  { task, classes }: { task: Task; classes: string[] },
  done: (day: LabelledDay) => Promise<void>,
) {
  const predictions = `read_parquet(${literal(scored)})`;
  await duck.run(
    `CREATE OR REPLACE TABLE found AS SELECT id, label, s FROM labels SEMI JOIN ${predictions} USING (id)${
      changed ? '' : ' WHERE isNew'
    }`,
  );
  await duck.run(
    (await exists(labelled))
      ? `CREATE OR REPLACE TABLE known AS SELECT * FROM read_parquet(${literal(
          labelled,
        )})`
      : 'CREATE OR REPLACE TABLE known (id VARCHAR, label VARCHAR, s BIGINT)',
  );
  // A file of labels that has grown is read as a whole: most of it is known.
  const news = await count(
    duck,
    'found ANTI JOIN known ON known.id = found.id AND known.s >= found.s',
  );
  if (changed || news) {
    const all =
      'SELECT id, arg_max(label, s) AS label, max(s) AS s FROM (FROM known UNION ALL FROM found) GROUP BY id';
    const sums = SUMS[task](classes);
    const rows = await duck.rows(
      `SELECT ${sums.select} FROM ${predictions} LEFT JOIN (SELECT id, json_extract_string(label, '$') AS label FROM (${all})) USING (id) GROUP BY ALL`,
    );
    if (rows.length) await done({ version, day, quality: sums.read(rows) });
    await replace(duck, all, labelled);
  }
  await duck.run('DELETE FROM labels WHERE id IN (SELECT id FROM found)');
}

async function count(duck: Duck, from: string): Promise<number> {
  const [{ n }] = await duck.rows<{ n: number }>(
    `SELECT count(*)::DOUBLE AS n FROM ${from}`,
  );
  return n;
}

async function replace(duck: Duck, query: string, file: string) {
  const part = `${file}.part`;
  await duck.run(`COPY (${query}) TO ${literal(part)} (FORMAT parquet)`);
  await fs.rename(part, file);
}
