import { createReadStream, promises as fs } from 'fs';
import { join } from 'path';
import { createInterface } from 'readline';
import { EventHalf } from './events';
import { hourOf, Layout, namesIn } from './layout';
import { PendingHalves } from './PendingHalves';
import { RecentMeans } from './RecentMeans';
import { SeenIds } from './SeenIds';

const HOUR_MS = 3_600_000;
/** How far back an answer is waited for. */
const PENDING_HOURS = 24;
/** How far back stored ids are read again to name repeats. */
const SEEN_HOURS = 2;

/** Reads after a restart what memory held: halves that wait, the newest ids, the newest means. */
export async function recover(
  layout: Layout,
  memory: {
    seen: SeenIds;
    pending: PendingHalves;
    recent: RecentMeans;
    now: Date;
  },
): Promise<void> {
  const back = (hours: number) =>
    hourOf(new Date(memory.now.getTime() - hours * HOUR_MS).toISOString());
  await recoverPending(layout.pending, back(PENDING_HOURS), memory.pending);
  const from = back(SEEN_HOURS);
  for (const endpoint of await namesIn(layout.predictions)) {
    const root = join(layout.predictions, endpoint);
    for (const version of await namesIn(root)) {
      for (const day of await namesIn(join(root, version))) {
        for (const name of await namesIn(join(root, version, day))) {
          if (name < from) continue;
          const path = join(root, version, day, name);
          await eachLine<{ id: string; a: string; p: unknown }>(path, row => {
            const request = row.id.slice(0, row.id.lastIndexOf('/'));
            const key = `${endpoint}/${request}`;
            memory.seen.add(key);
            memory.pending.delete(key);
            const p = typeof row.p === 'number' ? row.p : null;
            memory.recent.add(endpoint, Number(version), row.a, p);
          });
        }
      }
    }
  }
}

async function recoverPending(
  folder: string,
  from: string,
  pending: PendingHalves,
) {
  for (const name of await namesIn(folder)) {
    const path = join(folder, name);
    if (name < from) {
      // Nothing in here is waited for any more.
      await fs.rm(path, { force: true });
      continue;
    }
    await eachLine<{ key: string; half: EventHalf } | { done: string }>(
      path,
      line => {
        if ('done' in line) pending.delete(line.done);
        else pending.set(line.key, line.half);
      },
    );
  }
}

/** Every whole line; one torn by a crash was never acknowledged and is passed over. */
async function eachLine<T>(path: string, act: (line: T) => void) {
  const lines = createInterface({
    input: createReadStream(path, 'utf8'),
    crlfDelay: Infinity,
  });
  for await (const line of lines) {
    let parsed: T;
    try {
      parsed = JSON.parse(line);
    } catch {
      continue;
    }
    act(parsed);
  }
}
