import { ServiceUnavailableError } from '@backstage/errors';

interface Waiting<In, Out> {
  batch: In;
  size: number;
  resolve(answer: Out): void;
  reject(error: unknown): void;
}

/**
 * Writes what concurrent callers bring in one go: while one write is under way, the others gather for the next. A caller is
 * answered only once its part is on disk; where the write fails, every caller of it gets a ServiceUnavailableError.
 */
export class GroupCommit<In, Out> {
  private waiting: Array<Waiting<In, Out>> = [];
  private queued = 0;
  private running: Promise<void> | undefined;

  constructor(
    private readonly options: {
      what: string;
      /** Waiting items beyond which callers are told to come back. */
      most: number;
      /** Answers in the order of the batches. */
      write: (batches: In[]) => Promise<Out[]>;
    },
  ) {}

  /** ServiceUnavailableError when full or when the disk refuses. */
  add(batch: In, size: number): Promise<Out> {
    if (this.queued + size > this.options.most) {
      return Promise.reject(
        new ServiceUnavailableError(
          `too many ${this.options.what} are waiting to be stored (${this.queued}); send them again in a moment`,
        ),
      );
    }
    return new Promise((resolve, reject) => {
      this.queued += size;
      this.waiting.push({ batch, size, resolve, reject });
      this.running ??= this.drain();
    });
  }

  /** Resolves when nothing waits any more. */
  async idle(): Promise<void> {
    while (this.running) await this.running;
  }

  private async drain() {
    // Callers of the same moment belong into the same write.
    await Promise.resolve();
    while (this.waiting.length) {
      const group = this.waiting;
      this.waiting = [];
      try {
        const answers = await this.options.write(
          group.map(({ batch }) => batch),
        );
        group.forEach(({ resolve }, index) => resolve(answers[index]));
      } catch (error) {
        const refusal = new ServiceUnavailableError(
          `the ${this.options.what} could not be stored: ${
            (error as Error).message
          }; none of them is, send them again`,
          error,
        );
        group.forEach(({ reject }) => reject(refusal));
      } finally {
        for (const { size } of group) this.queued -= size;
      }
    }
    this.running = undefined;
  }
}
