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
  /** Different predictions. */
  n: number;
  features: Map<string, Cells>;
  /** Undefined where the reference has no prediction. */
  prediction: Cells | undefined;
}

/**
 * Counts the predictions of one version and day into the reference's cells, each id once, and writes their ids and
 * predictions to `scored` (Parquet), where labels look for them. Without a reference only the latter.
 */
export async function scanDay(options: {
  files: string[];
  day: string;
  reference: ReferenceProfile | undefined;
  /** File to write; replaced as a whole. */
  scored: string;
  spill: string;
  signal?: AbortSignal;
}): Promise<ScannedDay> {
  const { files, day, reference, scored, signal } = options;
  await fs.mkdir(dirname(scored), { recursive: true });
  const part = `${scored}.part`;
  const folder = dirname(scored);
  const result = await withDuck(
    { files, folders: [folder], spill: options.spill, signal },
    async duck => {
      await duck.run(readRows(files, reference));
      await duck.run(
        `COPY (SELECT id, p FROM predictions) TO ${literal(
          part,
        )} (FORMAT parquet)`,
      );
      return count(duck, day, reference);
    },
  );
  await fs.rename(part, scored);
  return result;
}

/** Rows of the files, each id once, as table `predictions` (id, p as text, f0, f1, ...). Torn or foreign lines are passed over. */
function readRows(
  files: string[],
  reference: ReferenceProfile | undefined,
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
    `CREATE TABLE predictions AS SELECT id, p${values.join('')} FROM (` +
    `SELECT id, json_extract_string(p, '$') AS p, ${extracted} AS f FROM (` +
    `SELECT DISTINCT ON (id) id, p, x FROM read_json([${files
      .map(literal)
      .join(', ')}], format='newline_delimited', ignore_errors=true, ` +
    `maximum_object_size=67108864, columns={id: 'VARCHAR', p: 'JSON', x: 'JSON'}) WHERE id IS NOT NULL))`
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
  const cells = found?.cells ?? new Map<string, Cells>();
  const told = cells.get('');
  cells.delete('');
  return {
    n: found?.n ?? 0,
    features: cells,
    prediction: prediction ? told : undefined,
  };
}

function valueOf(prediction: ReferenceFeature): string {
  return prediction.kind === 'number' ? 'TRY_CAST(p AS DOUBLE)' : 'p';
}
