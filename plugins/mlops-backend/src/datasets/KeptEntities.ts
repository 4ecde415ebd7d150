import { Entity } from '@backstage/catalog-model';

const TTL_MS = 15_000;

/** Entities of one kind; the last known ones while the catalog does not answer: a page never waits for it. */
export class KeptEntities {
  private kept: { at: number; entities: Entity[] } | undefined;

  constructor(
    private readonly deps: {
      /** Rejects while the catalog does not answer. */
      ask: () => Promise<Entity[]>;
      now: () => Date;
    },
  ) {}

  async all(): Promise<Entity[]> {
    return (await this.known()) ?? [];
  }

  /** Undefined where the catalog has not answered yet. */
  async known(): Promise<Entity[] | undefined> {
    const at = this.deps.now().getTime();
    if (this.kept && at - this.kept.at < TTL_MS) return this.kept.entities;
    try {
      this.kept = { at, entities: await this.deps.ask() };
    } catch {
      return this.kept?.entities;
    }
    return this.kept.entities;
  }
}
