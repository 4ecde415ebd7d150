import { promises as fs } from 'fs';
import { join } from 'path';

/** Where captured data lies below the hub's home. Names are checked before they get here; a path is never made of other text. */
export interface Layout {
  predictions: string;
  labels: string;
  pending: string;
  /** Ids and predictions of scored days, for labels to find. */
  scored: string;
  /** Labels that were found to belong to the predictions of a day, and those that were not. */
  labelled: string;
}

export function layoutOf(home: string): Layout {
  return {
    predictions: join(home, 'predictions'),
    labels: join(home, 'labels'),
    pending: join(home, 'pending'),
    scored: join(home, 'scored'),
    labelled: join(home, 'labelled'),
  };
}

/** Parquet with the ids and predictions of a day. */
export function scoredFile(
  layout: Layout,
  endpoint: string,
  version: number,
  day: string,
): string {
  return join(layout.scored, endpoint, String(version), `${day}.parquet`);
}

/** Parquet with the labels of a day. */
export function labelledFile(
  layout: Layout,
  endpoint: string,
  version: number,
  day: string,
): string {
  return join(layout.labelled, endpoint, String(version), `${day}.parquet`);
}

/** Parquet with the labels of an endpoint that have no prediction so far. */
export function openLabelsFile(layout: Layout, endpoint: string): string {
  return join(layout.labelled, endpoint, 'open.parquet');
}

/** UTC hour as it stands in file names: 2026-11-24T12. */
export function hourOf(iso: string): string {
  return iso.slice(0, 13);
}

export interface DayFiles {
  version: number;
  day: string;
  files: string[];
  /** Names and sizes: differs once anything was appended. */
  fingerprint: string;
  /** Newest arrival hour. */
  arrived: string;
}

/** Files of every version and day of an endpoint, oldest day first. */
export async function listDays(
  layout: Layout,
  endpoint: string,
): Promise<DayFiles[]> {
  const days: DayFiles[] = [];
  const root = join(layout.predictions, endpoint);
  for (const version of await namesIn(root)) {
    if (!/^\d+$/.test(version)) continue;
    for (const day of await namesIn(join(root, version))) {
      if (!/^\d{4}-\d\d-\d\d$/.test(day)) continue;
      const folder = join(root, version, day);
      const { files, fingerprint } = await linesIn(folder);
      if (!files.length) continue;
      const arrived = files[files.length - 1].slice(-20, -7);
      days.push({ version: Number(version), day, files, fingerprint, arrived });
    }
  }
  return days.sort((a, b) => a.day.localeCompare(b.day));
}

/** NDJSON files of a folder by name with a fingerprint of their sizes. */
export async function linesIn(
  folder: string,
): Promise<{ files: string[]; sizes: number[]; fingerprint: string }> {
  const names = (await namesIn(folder)).filter(name =>
    name.endsWith('.ndjson'),
  );
  const sizes = await Promise.all(
    names.map(async name => (await fs.stat(join(folder, name))).size),
  );
  return {
    files: names.map(name => join(folder, name)),
    sizes,
    // Files only grow, so their number and size tell one state from the next.
    fingerprint: `${sizes.length}:${sizes.reduce(
      (sum, size) => sum + size,
      0,
    )}`,
  };
}

/** Sorted names in a folder; none where it does not exist. */
export async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await fs.readdir(folder)).sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** Whether there is such a file, or folder, that this process may see. */
export function exists(path: string): Promise<boolean> {
  return fs.stat(path).then(
    () => true,
    () => false,
  );
}
