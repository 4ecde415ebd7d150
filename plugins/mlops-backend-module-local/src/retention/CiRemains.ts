import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CiStore } from '../ci/CiStore';
import { sizeBelow } from './folders';
import { Remains } from './policy';
import { noteRemoved, Removed, removedFrom } from './removed';

interface CiLeft extends Remains {
  repository: string;
  ciId: string;
}

/** What CI has left: its logs. The work folder goes when CI ends. */
export class CiRemains {
  constructor(private readonly store: CiStore) {}

  async list(): Promise<CiLeft[]> {
    const found: CiLeft[] = [];
    for (const repository of await this.store.repositories()) {
      for (const ciId of await this.store.ids(repository)) {
        const record = await this.store.readIfThere(repository, ciId);
        const folder = this.store.folder(repository, ciId);
        const bytes = await sizeBelow(join(folder, 'logs'));
        const done = bytes === 0 && (await removedFrom(folder));
        if (!record || done) continue;
        const ended = record.ending?.finishedAt;
        found.push({
          id: `${repository}/${ciId}`,
          repository,
          ciId,
          group: repository,
          bytes,
          endedAt:
            record.phase === 'ended' && ended ? new Date(ended) : undefined,
        });
      }
    }
    return found;
  }

  async remove(left: CiLeft, removed: Removed): Promise<void> {
    const folder = this.store.folder(left.repository, left.ciId);
    await noteRemoved(folder, removed);
    await rm(join(folder, 'logs'), { recursive: true, force: true });
  }
}
