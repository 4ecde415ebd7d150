import { promises as fs } from 'fs';
import { literal, withDuck } from '../duckdb/duckdb';
import { labelledFile, Layout, listDays, scoredFile } from './capture/layout';

const LIMIT_MS = 60_000;

export interface UnlabelledPage {
  ids: string[];
  /** Where the next page begins; null on the last one. */
  next: string | null;
}

/**
 * Ids of scored predictions that no label was found for, the newest days first and by id within a day. `after` is the `next` of
 * the page before. Pages of a day that is labelled meanwhile skip nothing: they go on behind an id, not behind a number of ids.
 */
export async function listUnlabelled(
  options: { layout: Layout; spill: string; signal?: AbortSignal },
  endpoint: string,
  asked: { after?: string; limit: number },
): Promise<UnlabelledPage> {
  const { layout, spill, signal } = options;
  const days = (await listDays(layout, endpoint)).sort(
    (a, b) => b.day.localeCompare(a.day) || b.version - a.version,
  );
  const [day, version, ...rest] = (asked.after ?? '').split('/');
  const found: Array<{ id: string; place: string }> = [];
  for (const each of days) {
    const place = `${each.day}/${each.version}`;
    const here = place === `${day}/${version}`;
    if (asked.after && !here && isBefore(each, day, Number(version))) continue;
    const wanted = asked.limit + 1 - found.length;
    const ids = await idsOf(
      {
        scored: scoredFile(layout, endpoint, each.version, each.day),
        labelled: labelledFile(layout, endpoint, each.version, each.day),
        after: here ? rest.join('/') : '',
        limit: wanted,
      },
      { spill, signal },
    );
    found.push(...ids.map(id => ({ id, place })));
    if (found.length > asked.limit) break;
  }
  const page = found.slice(0, asked.limit);
  const last = page.at(-1);
  return {
    ids: page.map(({ id }) => id),
    next:
      found.length > asked.limit && last ? `${last.place}/${last.id}` : null,
  };
}

/** Whether a day was on an earlier page. */
function isBefore(
  each: { day: string; version: number },
  day: string,
  version: number,
): boolean {
  return each.day > day || (each.day === day && each.version > version);
}

async function idsOf(
  day: { scored: string; labelled: string; after: string; limit: number },
  options: { spill: string; signal?: AbortSignal },
): Promise<string[]> {
  if (!(await exists(day.scored))) return [];
  const labelled = await exists(day.labelled);
  const known = labelled
    ? ` ANTI JOIN read_parquet(${literal(day.labelled)}) k ON k.id = s.id`
    : '';
  const rows = await withDuck(
    {
      files: [day.scored, ...(labelled ? [day.labelled] : [])],
      timeoutMs: LIMIT_MS,
      ...options,
    },
    duck =>
      duck.rows<{ id: string }>(
        `SELECT s.id FROM read_parquet(${literal(
          day.scored,
        )}) s${known} WHERE s.id > ${literal(day.after)} ORDER BY s.id LIMIT ${
          day.limit
        }`,
      ),
  );
  return rows.map(({ id }) => id);
}

function exists(file: string): Promise<boolean> {
  return fs.stat(file).then(
    () => true,
    () => false,
  );
}
