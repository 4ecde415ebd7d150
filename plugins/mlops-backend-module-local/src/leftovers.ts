import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

const OLD_MS = 3_600_000;

/**
 * Removes what a killed process has left half-made in `folder`: entries named `.new-*` and `.removed-*` that nobody has touched
 * for an hour. Never fails: what cannot be removed is met again the next time.
 */
export async function removeLeftovers(folder: string, now = Date.now()) {
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter(entry => /^\.(new|removed)-/.test(entry))) {
    const path = join(folder, name);
    const age = await stat(path).then(
      facts => now - facts.mtimeMs,
      () => 0,
    );
    if (age > OLD_MS) {
      await rm(path, { recursive: true, force: true }).catch(() => {});
    }
  }
}
