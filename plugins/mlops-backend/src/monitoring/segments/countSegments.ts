import {
  CountedSegment,
  ReferenceFeature,
  ReferenceProfile,
  cellLabels,
  Task,
} from '@mlops-portal/plugin-mlops-common';
import { Duck, literal, withDuck } from '../../duckdb/duckdb';
import { cellSql } from '../cells/cellsQuery';
import { SUMS } from '../cells/qualitySums';
import { predictionsTable, valueOf } from '../cells/scanDay';

/** Words of a text that are told apart; the others are counted together. */
const MOST_WORDS = 20;
const TIME_LIMIT_MS = 30_000;
/** A page waits for it, and an evaluation may work at the same time. */
const MEMORY = '750MB';

export interface SegmentQuestion {
  /** Lines of predictions, and labels that were found to belong to them. */
  predictions: string[];
  labels: string[];
  /** Undefined for the prediction itself. */
  feature: string | undefined;
  reference: ReferenceFeature;
  task: Task;
  classes: string[];
  spill: string;
}

/** What a row is counted under. */
interface Segments {
  /** SQL of its index in `all`. */
  sql: string;
  all: Array<Pick<CountedSegment, 'label' | 'kind' | 'isNew'>>;
}

/** Predictions and quality by the frozen cells of a number, or by the most frequent words; segments without a row are left out. */
export async function countSegments(
  question: SegmentQuestion,
  signal: AbortSignal,
): Promise<CountedSegment[]> {
  const { predictions, labels, feature, reference, spill } = question;
  return withDuck(
    {
      files: [...predictions, ...labels],
      spill,
      signal,
      timeoutMs: TIME_LIMIT_MS,
      tooLong: `reading the predictions of this window took longer than ${
        TIME_LIMIT_MS / 1000
      } s; choose windows of a day, or look again when the portal has less to do`,
      memory: MEMORY,
    },
    async duck => {
      const only = feature === undefined ? {} : { [feature]: reference };
      await duck.run(
        predictionsTable(predictions, {
          features: only,
        } as Pick<ReferenceProfile, 'features'>),
      );
      await duck.run(
        `CREATE TABLE labels AS ${
          labels.length
            ? `SELECT id, json_extract_string(label, '$') AS label FROM read_parquet([${labels
                .map(literal)
                .join(', ')}])`
            : 'SELECT NULL::VARCHAR AS id, NULL::VARCHAR AS label WHERE false'
        }`,
      );
      const value = feature === undefined ? valueOf(reference) : 'f0';
      return counted(duck, await segmentsOf(duck, reference, value), question);
    },
  );
}

async function segmentsOf(
  duck: Duck,
  reference: ReferenceFeature,
  value: string,
): Promise<Segments> {
  const missing = { label: '', kind: 'missing' as const };
  if (reference.kind === 'number') {
    // Of a number the missing values are the last of the named cells.
    const names = cellLabels(reference).slice(0, -1);
    const cells = names.map(label => ({ label, kind: 'cell' as const }));
    return { sql: cellSql(reference, value), all: [...cells, missing] };
  }
  const words = await duck.rows<{ word: string }>(
    `SELECT ${value} AS word FROM predictions WHERE ${value} <> '' GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT ${MOST_WORDS}`,
  );
  const categories = words.map(({ word }) => word);
  const known = new Set(reference.categories);
  return {
    sql: cellSql({ ...reference, categories }, value),
    all: [
      ...categories.map(word => ({
        label: word,
        kind: 'word' as const,
        ...(known.has(word) ? {} : { isNew: true }),
      })),
      { label: '', kind: 'other' as const },
      missing,
    ],
  };
}

async function counted(
  duck: Duck,
  { sql, all }: Segments,
  { task, classes }: SegmentQuestion,
): Promise<CountedSegment[]> {
  const sums = SUMS[task](classes);
  const rows = await duck.rows<Record<string, unknown>>(
    `SELECT segment, ${sums.select} FROM (SELECT id, p, ${sql} AS segment FROM predictions) LEFT JOIN labels USING (id) GROUP BY ALL`,
  );
  const bySegment = new Map<number, Array<Record<string, unknown>>>();
  for (const { segment, ...row } of rows) {
    const at = Number(segment);
    bySegment.set(at, [...(bySegment.get(at) ?? []), row]);
  }
  return [...bySegment]
    .sort(([a], [b]) => a - b)
    .map(([at, its]) => {
      const quality = sums.read(its);
      return { ...all[at], predictions: quality.predictions, quality };
    });
}
