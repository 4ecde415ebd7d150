import { ColumnProfile } from '@mlops-portal/plugin-mlops-common';
import { numberOf, timeOf } from './expressions';
import { ColumnFacts } from './facts';
import { OpenTable } from './table';

type Cells = ColumnProfile['histogram'];

const TIME_CELLS = 10;
const NUMBER_CELLS = 30;
/** All but one value in a hundred lies between these quantiles. */
const MOST = [0.005, 0.995];
/** Where the whole range is so many times as wide, outliers would press the rest into one cell. */
const WIDE = 2;

/** Cells of equal width from `start`; what lies outside counts to the first and to the last. */
interface Grid {
  start: number;
  step: number;
  cells: number;
}

/**
 * Distribution of each column of numbers or times, in two passes. Times: ten equal cells between min and max. Numbers: cells with
 * round bounds over where nearly all values lie; the outer ones reach to min and max.
 */
export async function rangeHistograms(
  table: OpenTable,
  facts: ColumnFacts[],
): Promise<Map<string, Cells>> {
  const ranged = facts.flatMap(each => {
    const time = each.column.class === 'time';
    if (!time && !(each.kind === 'number' || each.numeric)) return [];
    const low = time ? seconds(each.min) : each.lowest;
    const high = time ? seconds(each.max) : each.highest;
    if (low === null || high === null || !(high > low)) return [];
    const value = time
      ? `epoch(${timeOf(each.column)})`
      : numberOf(each.column);
    return [{ ...each.column, time, low, high, value }];
  });
  if (!ranged.length) return new Map();
  const most = await mostOf(
    table,
    ranged.filter(({ time }) => !time),
  );
  const columns = ranged.map(each => ({
    ...each,
    grid: each.time
      ? equalGrid(each.low, each.high)
      : roundGrid(most.get(each.id) ?? [each.low, each.high], each),
  }));
  const [row] = await table.duck.rows<
    Record<string, Array<{ key: number; value: string }> | null>
  >(
    `SELECT ${columns
      .map(
        ({ id, value, grid: { start, step, cells } }) =>
          `histogram(greatest(0, least(${
            cells - 1
          }, floor((${value} - (${start})) / ${step})))::INT) FILTER (WHERE ${value} IS NOT NULL) AS ${id}`,
      )
      .join(', ')} FROM ${table.relation}`,
  );
  return new Map(
    columns.map(column => {
      const counts = new Map(
        (row[column.id] ?? []).map(({ key, value }) => [
          Number(key),
          Number(value),
        ]),
      );
      return [column.id, cellsOf(column, counts)];
    }),
  );
}

/** Where nearly all values of a column lie, by estimate. */
async function mostOf(
  table: OpenTable,
  columns: Array<{ id: string; value: string }>,
): Promise<Map<string, [number, number]>> {
  if (!columns.length) return new Map();
  const [row] = await table.duck.rows<Record<string, number[] | null>>(
    `SELECT ${columns
      .map(
        ({ id, value }) =>
          `approx_quantile(${value}, [${MOST.join(', ')}])::DOUBLE[] AS ${id}`,
      )
      .join(', ')} FROM ${table.relation}`,
  );
  return new Map(
    columns.flatMap(({ id }): Array<[string, [number, number]]> => {
      const [low, high] = row[id] ?? [];
      return low !== undefined && high !== undefined ? [[id, [low, high]]] : [];
    }),
  );
}

function equalGrid(low: number, high: number): Grid {
  return { start: low, step: (high - low) / TIME_CELLS, cells: TIME_CELLS };
}

/** At most about thirty cells, seldom fewer than twelve, of 1, 2 or 5 times a power of ten; of whole numbers none is narrower than one. */
export function roundGrid(
  most: [number, number],
  all: { low: number; high: number; class: string },
): Grid {
  const outliers =
    most[1] > most[0] && all.high - all.low > WIDE * (most[1] - most[0]);
  const [low, high] = outliers ? most : [all.low, all.high];
  const rough = (high - low) / NUMBER_CELLS;
  const power = 10 ** Math.floor(Math.log10(rough));
  const round = [1, 2, 5, 10]
    .map(factor => factor * power)
    .find(each => each >= rough * (1 - 1e-9))!;
  const step = all.class === 'int' ? Math.max(1, round) : round;
  const first = Math.floor(low / step);
  // A value on the last bound is in the cell after it.
  return {
    start: exact(first * step),
    step: exact(step),
    cells: Math.floor(high / step) - first + 1,
  };
}

function cellsOf(
  column: { time: boolean; low: number; high: number; grid: Grid },
  counts: Map<number, number>,
): Cells {
  const { start, step, cells } = column.grid;
  return Array.from({ length: cells }, (_, cell) => {
    const edge = exact(start + cell * step);
    const count = counts.get(cell) ?? 0;
    if (column.time)
      return { label: new Date(edge * 1000).toISOString().slice(0, 16), count };
    const end = exact(start + (cell + 1) * step);
    return {
      label: String(edge),
      count,
      from: cell === 0 ? Math.min(edge, column.low) : edge,
      to: cell === cells - 1 ? Math.max(end, column.high) : end,
    };
  });
}

/** 0.30000000000000004 -> 0.3 */
function exact(value: number): number {
  return Number(value.toPrecision(12));
}

function seconds(text: string | null): number | null {
  if (text === null) return null;
  const time = Date.parse(`${text.replace(' ', 'T')}Z`);
  return Number.isNaN(time) ? null : time / 1000;
}
