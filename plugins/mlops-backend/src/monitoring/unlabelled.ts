import { Duck, literal, withDuck } from '../duckdb/duckdb';
import { exists, labelledFile, Layout, scoredFile } from './capture/layout';
import { MonitoringStore } from './MonitoringStore';

const LIMIT_MS = 60_000;

export interface UnlabelledPage {
  ids: string[];
  /** Where the next page begins; null on the last one. */
  next: string | null;
}

interface OpenDay {
  /** `day/version`, as in the `next` of a page. */
  place: string;
  scored: string;
  /** Undefined where nothing of the day was labelled. */
  labelled: string | undefined;
}

/**
 * Ids of scored predictions that no label was found for, the newest days first and by id within a day. `after` is the `next` of
 * the page before. Pages of a day that is labelled meanwhile skip nothing: they go on behind an id, not behind a number of ids.
 * Days that are labelled as a whole are not opened.
 */
export async function listUnlabelled(
  deps: {
    layout: Layout;
    store: Pick<MonitoringStore, 'days'>;
    spill: string;
    signal?: AbortSignal;
  },
  endpoint: string,
  asked: { after?: string; limit: number },
): Promise<UnlabelledPage> {
  const [day, version, ...rest] = (asked.after ?? '').split('/');
  const from = `${day}/${version}`;
  const days = await openDays(deps, endpoint, each => {
    return !asked.after || !isBefore(each, day, Number(version));
  });
  if (!days.length) return { ids: [], next: null };
  const found: Array<{ id: string; place: string }> = [];
  await withDuck(
    {
      files: days.flatMap(({ scored, labelled = [] }) =>
        [scored].concat(labelled),
      ),
      timeoutMs: LIMIT_MS,
      spill: deps.spill,
      signal: deps.signal,
    },
    async duck => {
      for (const each of days) {
        if (found.length > asked.limit) break;
        const ids = await idsOf(duck, each, {
          after: each.place === from ? rest.join('/') : '',
          limit: asked.limit + 1 - found.length,
        });
        found.push(...ids.map(id => ({ id, place: each.place })));
      }
    },
  );
  const page = found.slice(0, asked.limit);
  const last = page.at(-1);
  return {
    ids: page.map(({ id }) => id),
    next:
      found.length > asked.limit && last ? `${last.place}/${last.id}` : null,
  };
}

async function openDays(
  { layout, store }: { layout: Layout; store: Pick<MonitoringStore, 'days'> },
  endpoint: string,
  wanted: (day: { day: string; version: number }) => boolean,
): Promise<OpenDay[]> {
  const days = (await store.days(endpoint))
    .filter(each => each.labels < each.n && wanted(each))
    .sort((a, b) => b.day.localeCompare(a.day) || b.version - a.version);
  const open: OpenDay[] = [];
  for (const { day, version } of days) {
    const scored = scoredFile(layout, endpoint, version, day);
    const labelled = labelledFile(layout, endpoint, version, day);
    // The files of a day may have been removed for their age.
    if (!(await exists(scored))) continue;
    open.push({
      place: `${day}/${version}`,
      scored,
      labelled: (await exists(labelled)) ? labelled : undefined,
    });
  }
  return open;
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
  duck: Duck,
  { scored, labelled }: OpenDay,
  { after, limit }: { after: string; limit: number },
): Promise<string[]> {
  const known = labelled
    ? ` ANTI JOIN read_parquet(${literal(labelled)}) k ON k.id = s.id`
    : '';
  const rows = await duck.rows<{ id: string }>(
    `SELECT s.id FROM read_parquet(${literal(
      scored,
    )}) s${known} WHERE s.id > ${literal(after)} ORDER BY s.id LIMIT ${limit}`,
  );
  return rows.map(({ id }) => id);
}
