import { LoggerService } from '@backstage/backend-plugin-api';

/** Runs a piece of background work again and again, one at a time; a failure is logged and does not end it. */
export class Loop {
  private timer?: NodeJS.Timeout;
  private running?: Promise<void>;
  private again = false;
  private readonly stopping = new AbortController();

  constructor(
    private readonly options: {
      name: string;
      everyMs: number;
      logger: LoggerService;
      work: (signal: AbortSignal) => Promise<void>;
    },
  ) {}

  start(): void {
    this.schedule(0);
  }

  /** Asks for a round now instead of at the next tick. */
  wake(): void {
    if (this.running) this.again = true;
    else if (this.timer) this.schedule(0);
  }

  /** Resolves when the round that is under way has ended. */
  async stop(): Promise<void> {
    this.stopping.abort();
    clearTimeout(this.timer);
    this.timer = undefined;
    await this.running;
  }

  private schedule(ms: number): void {
    clearTimeout(this.timer);
    if (this.stopping.signal.aborted) return;
    this.timer = setTimeout(() => {
      this.running = this.round().finally(() => {
        this.running = undefined;
        const soon = this.again;
        this.again = false;
        this.schedule(soon ? 0 : this.options.everyMs);
      });
    }, ms);
    this.timer.unref();
  }

  private async round(): Promise<void> {
    try {
      await this.options.work(this.stopping.signal);
    } catch (error) {
      if (this.stopping.signal.aborted) return;
      this.options.logger.warn(
        `${this.options.name} failed and is tried again: ${error}`,
      );
    }
  }
}
