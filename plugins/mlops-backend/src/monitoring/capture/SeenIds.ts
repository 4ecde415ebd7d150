/** Ids per generation; two generations are kept. */
const GENERATION = 200_000;

/**
 * The newest ids that were stored, to name repeats without reading files. Bounded: an id that has fallen out is stored again and
 * told apart by readers, so that forgetting costs space, not truth.
 */
export class SeenIds {
  private current = new Set<string>();
  private older = new Set<string>();

  constructor(private readonly generation: number = GENERATION) {}

  has(id: string): boolean {
    return this.current.has(id) || this.older.has(id);
  }

  add(id: string): void {
    this.current.add(id);
    if (this.current.size >= this.generation) {
      this.older = this.current;
      this.current = new Set();
    }
  }
}
