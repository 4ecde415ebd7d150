import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { outcomeSchema } from '../pipelines/snapshot';
import { sizeBelow } from './folders';
import { Remains } from './policy';
import { noteRemoved, Removed, removedFrom } from './removed';

/** What takes space in a run's folder. What tells how the run went is small and stays. */
const LARGE = ['outputs', 'logs'];

const requestSchema = z.looseObject({ pipeline: z.string() });

/** What pipeline runs have left in `<home>/runs`, and the cache that points there. */
export class RunRemains {
  constructor(private readonly home: string) {}

  async list(): Promise<Remains[]> {
    const names = await readdir(join(this.home, 'runs')).catch(
      () => [] as string[],
    );
    const found = await Promise.all(
      names.filter(name => !name.startsWith('.')).map(id => this.remains(id)),
    );
    return found.filter(remains => remains !== undefined);
  }

  async remove(id: string, removed: Removed): Promise<void> {
    const folder = this.folder(id);
    await noteRemoved(folder, removed);
    await this.forgetInCache(folder);
    for (const name of LARGE) {
      await rm(join(folder, name), { recursive: true, force: true });
    }
  }

  private async remains(id: string): Promise<Remains | undefined> {
    const folder = this.folder(id);
    const removed = await removedFrom(folder);
    const request = requestSchema.safeParse(
      await jsonAt(join(folder, 'request.json')),
    );
    if (!request.success) return undefined;
    const outcome = outcomeSchema.safeParse(
      await jsonAt(join(folder, 'state.json')),
    );
    const sizes = await Promise.all(
      LARGE.map(name => sizeBelow(join(folder, name))),
    );
    const bytes = sizes.reduce((sum, size) => sum + size, 0);
    // One whose removal was cut off is listed again.
    if (removed && bytes === 0) return undefined;
    return {
      id,
      group: request.data.pipeline,
      bytes,
      endedAt: outcome.success ? new Date(outcome.data.finishedAt) : undefined,
    };
  }

  /** A later run must not be given an output that is gone. */
  private async forgetInCache(runFolder: string): Promise<void> {
    const cache = join(this.home, 'cache', 'pipelines');
    const entries = await readdir(cache, {
      recursive: true,
      withFileTypes: true,
    }).catch(() => []);
    for (const entry of entries.filter(each => each.isFile())) {
      const file = join(entry.parentPath, entry.name);
      const text = await readFile(file, 'utf8').catch(() => '');
      if (text.includes(`${runFolder}/`)) await rm(file, { force: true });
    }
  }

  private folder(id: string): string {
    return join(this.home, 'runs', id);
  }
}

async function jsonAt(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch {
    return undefined;
  }
}
