import { promises as fs } from 'fs';
import { dirname } from 'path';
import {
  Cells,
  ReferenceFeature,
  ReferenceProfile,
} from '@mlops-portal/plugin-mlops-common';
import { Duck, literal, withDuck } from '../../duckdb/duckdb';
import { countCells, CountedFeature } from './cellsQuery';

export interface ScannedDay {
  /** Different predictions, and the requests they came in. */
  n: number;
  requests: number;
  /** Newest event time, ISO. */
  lastAt: string;
  features: Map<string, Cells>;
  /** Undefined where the reference has no prediction. */
  prediction: Cells | undefined;
}

export interface DayToScan {
  day: string;
  files: string[];
  /** Parquet of ids and predictions to write, where labels look for them; replaced as a whole. */
  scored: string;
}

const LIMIT_MS = 600_000;

/**
 * Counts the predictions of one version, day after day, into the reference's cells, each id once. Without a reference only ids
 * and predictions are kept. `done` is told of each day once its files are in place.
 */
export async function scanDays(
  days: DayToScan[],
  options: {
    reference: ReferenceProfile | undefined;
    spill: string;
    signal?: AbortSignal;
  },
  done: (day: DayToScan, scanned: ScannedDay) => Promise<void>,
): Promise<void> {
  const folders = [...new Set(days.map(({ scored }) => dirname(scored)))];
  for (const folder of folders) await fs.mkdir(folder, { recursive: true });
  await withDuck(
    {
      files: days.flatMap(({ files }) => files),
      folders,
      spill: options.spill,
      signal: options.signal,
      timeoutMs: LIMIT_MS,
    },
    async duck => {
      for (const day of days) {
        await duck.run(predictionsTable(day.files, options.reference));
        const part = `${day.scored}.part`;
        await duck.run(
          `COPY (SELECT id, p FROM predictions) TO ${literal(
            part,
          )} (FORMAT parquet)`,
        );
        const scanned = await count(duck, day.day, options.reference);
        await fs.rename(part, day.scored);
        await done(day, scanned);
      }
    },
  );
}

/** Rows of the files, each id once, as table `predictions` (id, p as text, f0, f1, ...). Torn or foreign lines are passed over. */
export function predictionsTable(
  files: string[],
  reference: Pick<ReferenceProfile, 'features'> | undefined,
): string {
  const features = Object.entries(reference?.features ?? {});
  const pointers = features.map(([name]) =>
    literal(`/${name.replace(/~/g, '~0').replace(/\//g, '~1')}`),
  );
  const values = features.map(([, { kind }], index) => {
    const text = `f[${index + 1}]`;
    const sql = kind === 'number' ? `TRY_CAST(${text} AS DOUBLE)` : text;
    return `, ${sql} AS f${index}`;
  });
  const extracted = pointers.length
    ? `json_extract_string(x, [${pointers.join(', ')}])`
    : `[]::VARCHAR[]`;
  return (
    `CREATE OR REPLACE TABLE predictions AS SELECT id, t, p${values.join(
      '',
    )} FROM (` +
    `SELECT id, t, json_extract_string(p, '$') AS p, ${extracted} AS f FROM (` +
    `SELECT DISTINCT ON (id) id, t, p, x FROM read_json([${files
      .map(literal)
      .join(', ')}], format='newline_delimited', ignore_errors=true, ` +
    `maximum_object_size=67108864, columns={id: 'VARCHAR', t: 'VARCHAR', p: 'JSON', x: 'JSON'}) WHERE id IS NOT NULL))`
  );
}

async function count(
  duck: Duck,
  day: string,
  reference: ReferenceProfile | undefined,
): Promise<ScannedDay> {
  const counted: CountedFeature[] = Object.entries(
    reference?.features ?? {},
  ).map(([name, feature], index) => ({ name, feature, sql: `f${index}` }));
  const prediction = reference?.prediction;
  // The prediction stands last, so that a feature of any name cannot be taken for it.
  const all = prediction
    ? [...counted, { name: '', feature: prediction, sql: valueOf(prediction) }]
    : counted;
  const [found] = (
    await countCells(duck, 'predictions', literal(day), all)
  ).values();
  const [facts] = await duck.rows<{ requests: number; lastAt: string | null }>(
    `SELECT count(DISTINCT regexp_replace(id, '/[0-9]+$', ''))::DOUBLE AS requests, max(t) AS "lastAt" FROM predictions`,
  );
  const cells = found?.cells ?? new Map<string, Cells>();
  const told = cells.get('');
  cells.delete('');
  return {
    n: found?.n ?? 0,
    requests: facts.requests,
    lastAt: facts.lastAt ?? `${day}T00:00:00.000Z`,
    features: cells,
    prediction: prediction ? told : undefined,
  };
}

/** SQL of the prediction as the reference counts it. */
export function valueOf(prediction: ReferenceFeature): string {
  return prediction.kind === 'number' ? 'TRY_CAST(p AS DOUBLE)' : 'p';
}
