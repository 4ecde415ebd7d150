import { ColumnProfile, TableProfile } from '@mlops-portal/plugin-mlops-common';
import { textOf } from './expressions';
import { readFacts, topValues } from './facts';
import { rangeHistograms } from './histograms';
import { suggestRoles } from './suggest';
import { OpenTable } from './table';

const TOP = 10;
const SAMPLES = 5;
const SAMPLE_ROWS = 8;

/** What the form shows of a table: every column with type, distribution and samples, and roles to start from. */
export async function profileTable(table: OpenTable): Promise<TableProfile> {
  const started = Date.now();
  const facts = await readFacts(table);
  const histograms = await rangeHistograms(table, facts);
  const columns: ColumnProfile[] = [];
  for (const each of facts) {
    const top =
      each.column.class === 'other'
        ? []
        : await topValues(table, each.column, TOP);
    columns.push({
      name: each.column.name,
      sourceType: each.column.sourceType,
      kind: each.kind,
      ...(each.leftOut ? { leftOut: each.leftOut } : {}),
      nulls: table.rows - each.known,
      distinct: each.distinct,
      min: each.numeric ? String(each.lowest) : each.min,
      max: each.numeric ? String(each.highest) : each.max,
      samples: top.slice(0, SAMPLES).map(({ value }) => value),
      histogram:
        histograms.get(each.column.id) ??
        top.map(({ value, n }) => ({ label: value, count: n })),
      timeShare: each.timeShare,
      ...(each.column.written ? { written: each.column.written } : {}),
      ...(each.column.orders ? { orders: each.column.orders } : {}),
    });
  }
  return {
    uri: table.place.path,
    format: table.place.format,
    ...(table.encoding ? { encoding: table.encoding } : {}),
    sizeBytes: table.place.sizeBytes,
    rows: table.rows,
    columns,
    sampleRows: await sampleRows(table),
    readMs: Date.now() - started,
    suggested: suggestRoles(table, facts),
  };
}

async function sampleRows(table: OpenTable) {
  const rows = await table.duck.rows<Record<string, string | null>>(
    `SELECT ${table.columns
      .map(column => `left(${textOf(column)}, 200) AS ${column.id}`)
      .join(', ')} FROM ${table.relation} LIMIT ${SAMPLE_ROWS}`,
  );
  return rows.map(row =>
    Object.fromEntries(
      table.columns.map(column => [column.name, row[column.id]]),
    ),
  );
}
