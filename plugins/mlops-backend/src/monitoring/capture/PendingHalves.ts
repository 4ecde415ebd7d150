import { EventHalf } from './events';

const MOST = 50_000;

/** Requests without their answer yet, and answers without their request. The oldest go when there are too many. */
export class PendingHalves {
  private readonly halves = new Map<string, EventHalf>();

  constructor(private readonly most: number = MOST) {}

  get size(): number {
    return this.halves.size;
  }

  get(key: string): EventHalf | undefined {
    return this.halves.get(key);
  }

  set(key: string, half: EventHalf): void {
    this.halves.set(key, half);
    if (this.halves.size > this.most) {
      // A map keeps the order of insertion: its first key is the oldest.
      this.halves.delete(this.halves.keys().next().value!);
    }
  }

  delete(key: string): void {
    this.halves.delete(key);
  }
}
