import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LogChunk } from '@mlops-portal/plugin-mlops-node';
import { z } from 'zod';

const FILE = 'removed.json';

const removedSchema = z.object({ at: z.string(), because: z.string() });
/** When and why the outputs and logs of a run were removed. */
export type Removed = z.infer<typeof removedSchema>;

/** Written before anything is removed, so that a reader never finds a gap without its reason. */
export async function noteRemoved(folder: string, removed: Removed) {
  await writeFile(join(folder, FILE), JSON.stringify(removed), {
    mode: 0o600,
    flush: true,
  });
}

export async function removedFrom(
  folder: string,
): Promise<Removed | undefined> {
  const text = await readFile(join(folder, FILE), 'utf8').catch(() => '{}');
  return removedSchema.safeParse(JSON.parse(text || '{}')).data;
}

/** What is shown in place of a log that was removed, from `offset` bytes. */
export function logOfRemoved(removed: Removed, offset: number): LogChunk {
  const text = Buffer.from(
    `This log and the outputs of the run were removed on ${removed.at.slice(
      0,
      10,
    )}: ${
      removed.because
    }. Run it again for new ones; how long they are kept is set by mlops.local.retention.\n`,
  );
  return {
    text: text.subarray(offset).toString('utf8'),
    nextOffset: Math.max(offset, text.length),
    complete: true,
  };
}
