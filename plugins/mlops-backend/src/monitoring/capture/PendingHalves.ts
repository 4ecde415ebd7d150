import { EventHalf } from './events';

const MOST = 50_000;
/** Values in all of them: a few hundred megabytes. */
const MOST_VALUES = 5_000_000;

/** Requests without their answer yet, and answers without their request. The oldest go when there are too many, or too large ones. */
export class PendingHalves {
  private readonly halves = new Map<string, EventHalf>();
  private values = 0;

  constructor(
    private readonly most: number = MOST,
    private readonly mostValues: number = MOST_VALUES,
  ) {}

  get size(): number {
    return this.halves.size;
  }

  get(key: string): EventHalf | undefined {
    return this.halves.get(key);
  }

  set(key: string, half: EventHalf): void {
    this.delete(key);
    this.halves.set(key, half);
    this.values += valuesOf(half);
    while (
      this.halves.size > 1 &&
      (this.halves.size > this.most || this.values > this.mostValues)
    ) {
      // A map keeps the order of insertion: its first key is the oldest.
      this.delete(this.halves.keys().next().value!);
    }
  }

  delete(key: string): void {
    const half = this.halves.get(key);
    if (!half) return;
    this.halves.delete(key);
    this.values -= valuesOf(half);
  }
}

function valuesOf(half: EventHalf): number {
  return half.kind === 'request'
    ? half.rows * (half.features.length + 1)
    : half.rows;
}
