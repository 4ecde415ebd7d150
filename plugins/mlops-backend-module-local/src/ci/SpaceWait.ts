import { PipelineRecord } from './records';

const FIRST_MS = 1000;
const MOST_MS = 60_000;

/** What the page says of a CI pipeline that cannot begin yet. */
export const NO_SPACE =
  'the disk of the data folder is full: CI begins by itself once there is space on it, it is tried again at least every minute; docs/operating.md says what may go';

/**
 * CI pipelines that a full disk keeps from beginning. They are tried again by themselves in the order of their pushes, at first
 * soon and then less often.
 */
export class SpaceWait {
  private readonly records = new Set<PipelineRecord>();
  private refusals = 0;
  private timer?: NodeJS.Timeout;

  constructor(
    /** Tries one again; rejects where that is refused. */
    private readonly again: (record: PipelineRecord) => Promise<void>,
  ) {}

  /** It was refused: waits for space and tries again. */
  add(record: PipelineRecord): void {
    this.records.add(record);
    if (!this.timer) this.refused();
  }

  /** Whether it waits still. */
  has(record: PipelineRecord): boolean {
    return this.records.has(record);
  }

  /** Newest first. */
  get waiting(): PipelineRecord[] {
    return [...this.records].sort((a, b) => Number(b.id) - Number(a.id));
  }

  /** It waits no more, or is wanted no more. */
  forget(record: PipelineRecord): void {
    this.records.delete(record);
  }

  /** Something could begin: what is refused from now on is tried again soon. */
  thereIsSpace(): void {
    this.refusals = 0;
  }

  close(): void {
    clearTimeout(this.timer);
    this.records.clear();
  }

  private refused(): void {
    const pause = Math.min(FIRST_MS * 2 ** this.refusals, MOST_MS);
    this.refusals += 1;
    // A portal that ends does not wait for it: the next one finds the push by its branch's head.
    this.timer = setTimeout(() => this.tryAll(), pause).unref();
  }

  private async tryAll(): Promise<void> {
    for (const record of this.waiting.reverse()) {
      try {
        if (this.records.has(record)) await this.again(record);
        this.records.delete(record);
      } catch {
        break;
      }
    }
    this.timer = undefined;
    if (this.records.size) this.refused();
  }
}
