export type CsvValue = string | number | null | undefined;

/** Size of the pages that are asked for. */
const PAGE = 200;
/** Larger lists are for the API. */
export const MOST_EXPORTED = 10_000;

/** All rows of a paged list, at most `MOST_EXPORTED`. */
export async function allRows<T>(
  load: (page: {
    limit: number;
    offset: number;
  }) => Promise<{ items: T[]; total: number }>,
): Promise<T[]> {
  const rows: T[] = [];
  for (let offset = 0; offset < MOST_EXPORTED; offset += PAGE) {
    const { items, total } = await load({ limit: PAGE, offset });
    rows.push(...items);
    if (!items.length || rows.length >= total) break;
  }
  return rows;
}

/** The rows of a list with the cells of its columns: the first line of `cells` holds their titles. */
export async function exportRows<T>(
  load: Parameters<typeof allRows<T>>[0],
  columns: Array<{ title: string; csv?: (row: T) => CsvValue }>,
): Promise<{ rows: T[]; cells: string[][] }> {
  const rows = await allRows(load);
  const written = columns.filter(c => c.csv);
  return {
    rows,
    cells: [
      written.map(c => c.title),
      ...rows.map(row => written.map(c => String(c.csv!(row) ?? ''))),
    ],
  };
}
