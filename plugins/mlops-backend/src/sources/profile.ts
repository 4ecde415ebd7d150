import { ColumnProfile, TableProfile } from '@mlops-portal/plugin-mlops-common';
import { numberOf, textOf, timeOf } from './expressions';
import { ColumnFacts, readFacts, topValues } from './facts';
import { suggestRoles } from './suggest';
import { OpenTable } from './table';

const CELLS = 10;
const SAMPLES = 5;
const SAMPLE_ROWS = 8;

/** What the form shows of a table: every column with type, distribution and samples, and roles to start from. */
export async function profileTable(table: OpenTable): Promise<TableProfile> {
  const started = Date.now();
  const facts = await readFacts(table);
  const histograms = await numberHistograms(table, facts);
  const columns: ColumnProfile[] = [];
  for (const each of facts) {
    const top =
      each.column.class === 'other'
        ? []
        : await topValues(table, each.column, CELLS);
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
    });
  }
  return {
    uri: table.place.path,
    format: table.place.format,
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

/** Ten equal cells between min and max of each column of numbers or times, in one pass. */
async function numberHistograms(table: OpenTable, facts: ColumnFacts[]) {
  const ranged = facts.flatMap(each => {
    const time = each.column.class === 'time';
    if (!time && !(each.kind === 'number' || each.numeric)) return [];
    const low = time ? seconds(each.min) : each.lowest;
    const high = time ? seconds(each.max) : each.highest;
    if (low === null || high === null || !(high > low)) return [];
    const value = time
      ? `epoch(${timeOf(each.column)})`
      : numberOf(each.column);
    return [{ id: each.column.id, time, low, high, value }];
  });
  const result = new Map<string, Array<{ label: string; count: number }>>();
  if (!ranged.length) return result;
  const [row] = await table.duck.rows<
    Record<string, Array<{ key: number; value: string }>>
  >(
    `SELECT ${ranged
      .map(
        ({ id, low, high, value }) =>
          `histogram(least(${CELLS - 1}, floor((${value} - (${low})) / ${
            high - low
          } * ${CELLS}))::INT) AS ${id}`,
      )
      .join(', ')} FROM ${table.relation}`,
  );
  for (const { id, time, low, high } of ranged) {
    const counts = new Map(
      row[id].map(({ key, value }) => [Number(key), Number(value)]),
    );
    result.set(
      id,
      Array.from({ length: CELLS }, (_, cell) => {
        const edge = low + ((high - low) * cell) / CELLS;
        return {
          label: time
            ? new Date(edge * 1000).toISOString().slice(0, 16)
            : String(Number(edge.toPrecision(6))),
          count: counts.get(cell) ?? 0,
        };
      }),
    );
  }
  return result;
}

function seconds(text: string | null): number | null {
  if (text === null) return null;
  const time = Date.parse(`${text.replace(' ', 'T')}Z`);
  return Number.isNaN(time) ? null : time / 1000;
}
