import { promises as fs } from 'fs';
import { dirname } from 'path';

/** Files that this process has written to: their last line is whole. */
const whole = new Set<string>();

/**
 * Appends whole lines to several files and returns once all of it is on disk. When one of them fails, every file is cut back to
 * its size before, as far as the disk lets us, and the error is thrown: nothing of the batch counts.
 */
export async function appendFiles(content: Map<string, string>): Promise<void> {
  const before = new Map<string, number>();
  // Each is waited for: one that is still being written could not be cut back.
  const written = await Promise.allSettled(
    [...content].map(([path, text]) => append(path, text, before)),
  );
  const failed = written.find(({ status }) => status === 'rejected');
  if (!failed) return;
  await Promise.all(
    [...before].map(([path, size]) =>
      fs.truncate(path, size).catch(() => whole.delete(path)),
    ),
  );
  throw (failed as PromiseRejectedResult).reason;
}

async function append(path: string, text: string, before: Map<string, number>) {
  const file = await openToAppend(path);
  try {
    const { size } = await file.stat();
    before.set(path, size);
    // A line torn by a crash must not swallow the next one.
    const torn = size > 0 && !whole.has(path) && !(await endsLine(path, size));
    await file.appendFile(torn ? `\n${text}` : text);
    await file.datasync();
    whole.add(path);
  } finally {
    await file.close();
  }
}

async function openToAppend(path: string): Promise<fs.FileHandle> {
  try {
    return await fs.open(path, fs.constants.O_WRONLY | fs.constants.O_APPEND);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const folder = dirname(path);
  const first = await fs.mkdir(folder, { recursive: true });
  const file = await fs.open(path, 'a');
  // A new name is on disk only once its folder is; so are the folders that were made for it.
  await syncFolder(folder);
  if (first) {
    for (
      let parent = dirname(folder);
      parent.length >= dirname(first).length;
      parent = dirname(parent)
    ) {
      await syncFolder(parent);
    }
  }
  return file;
}

async function syncFolder(path: string) {
  const folder = await fs.open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function endsLine(path: string, size: number): Promise<boolean> {
  const file = await fs.open(path, 'r');
  try {
    const last = Buffer.alloc(1);
    await file.read(last, 0, 1, size - 1);
    return last[0] === 10;
  } finally {
    await file.close();
  }
}
