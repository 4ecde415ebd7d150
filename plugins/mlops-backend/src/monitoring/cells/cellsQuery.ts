import {
  Cells,
  ReferenceFeature,
  widthOf,
} from '@mlops-portal/plugin-mlops-common';
import { Duck, literal } from '../../duckdb/duckdb';

/** A feature to count, and the SQL of its value: DOUBLE for numbers, VARCHAR for texts. */
export interface CountedFeature {
  name: string;
  feature: ReferenceFeature;
  sql: string;
}

interface KeyCount {
  key: number;
  value: string;
}

/**
 * Counts every feature of `relation` into its frozen cells, by day: day -> name -> cells.
 * `day` is SQL of the UTC day as text. One pass over the data, whatever the number of features.
 */
export async function countCells(
  duck: Duck,
  relation: string,
  day: string,
  features: CountedFeature[],
): Promise<Map<string, { n: number; cells: Map<string, Cells> }>> {
  const columns = features.flatMap(({ feature, sql }, index) => [
    `histogram(${cellSql(feature, sql)}) AS h${index}`,
    ...(feature.kind === 'number' ? outsideSql(feature, sql, index) : []),
  ]);
  const rows = await duck.rows<Record<string, unknown>>(
    `SELECT ${day} AS day, count(*)::DOUBLE AS n${columns
      .map(column => `, ${column}`)
      .join('')} FROM ${relation} GROUP BY 1`,
  );
  return new Map(
    rows.map(row => [
      row.day as string,
      {
        n: row.n as number,
        cells: new Map(
          features.map(({ name, feature }, index) => [
            name,
            cellsOf(feature, row, index),
          ]),
        ),
      },
    ]),
  );
}

/**
 * Index of the cell that a value falls into. Values and edges are compared as the 32-bit numbers that the model sees, so that a
 * value that stands exactly on an edge falls into the same cell, whichever way it was written.
 */
export function cellSql(feature: ReferenceFeature, sql: string): string {
  if (feature.kind === 'text') {
    const count = feature.categories.length;
    const known = `[${feature.categories.map(literal).join(', ')}]`;
    const place = count
      ? `coalesce(list_position(${known}, ${sql}) - 1, ${count})`
      : `${count}`;
    return `(CASE WHEN ${sql} IS NULL OR ${sql} = '' THEN ${
      count + 1
    } ELSE ${place} END)::INT`;
  }
  const { edges } = feature;
  const value = `(${sql})::FLOAT`;
  const steps = edges.map(
    (edge, cell) => `WHEN ${value} <= ${float(edge)} THEN ${cell}`,
  );
  return (
    `(CASE WHEN ${sql} IS NULL OR isnan(${sql}) THEN ${edges.length + 1} ` +
    `${steps.join(' ')} ELSE ${edges.length} END)::INT`
  );
}

function outsideSql(
  { range: [low, high] }: Extract<ReferenceFeature, { kind: 'number' }>,
  sql: string,
  index: number,
): string[] {
  const known = `NOT isnan(${sql}) AND (${sql})::FLOAT`;
  const count = (bound: number | null, sign: string) =>
    bound === null ? '0' : `count_if(${known} ${sign} ${float(bound)})`;
  return [
    `${count(low, '<')}::DOUBLE AS u${index}`,
    `${count(high, '>')}::DOUBLE AS o${index}`,
  ];
}

function float(number: number): string {
  return `(${number}::DOUBLE)::FLOAT`;
}

function cellsOf(
  feature: ReferenceFeature,
  row: Record<string, unknown>,
  index: number,
): Cells {
  const cells: Cells = new Array(widthOf(feature)).fill(0);
  for (const { key, value } of (row[`h${index}`] ?? []) as KeyCount[]) {
    cells[Number(key)] = Number(value);
  }
  if (feature.kind === 'number') {
    cells[cells.length - 2] = (row[`u${index}`] as number) ?? 0;
    cells[cells.length - 1] = (row[`o${index}`] as number) ?? 0;
  }
  return cells;
}
