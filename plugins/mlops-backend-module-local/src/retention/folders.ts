import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Bytes of all files below a path; 0 if it does not exist. What disappears meanwhile does not count. */
export async function sizeBelow(path: string): Promise<number> {
  const facts = await lstat(path).catch(() => undefined);
  if (!facts) return 0;
  if (!facts.isDirectory()) return facts.size;
  const names = await readdir(path).catch(() => [] as string[]);
  let bytes = 0;
  for (const name of names) bytes += await sizeBelow(join(path, name));
  return bytes;
}
