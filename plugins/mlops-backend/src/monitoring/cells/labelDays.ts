import { promises as fs } from 'fs';
import { DayQuality, Task } from '@mlops-portal/plugin-mlops-common';
import { Duck, literal, withDuck } from '../../duckdb/duckdb';
import { Read, SUMS } from './qualitySums';

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
