import { LoggerService } from '@backstage/backend-plugin-api';
import { Layout, namesIn } from './capture/layout';
import { MonitoringService } from './MonitoringService';
import { MonitoringStore } from './MonitoringStore';

/** Rounds between two looks at every endpoint: for windows that end by the clock, and for what a dead process left behind. */
const ALL_EVERY = 20;

/** Evaluates endpoints for which something has arrived, all of them at the start and now and then. */
export class MonitoringWorker {
  private readonly dirty = new Set<string>();
  private readonly refused = new Map<string, number>();
  private rounds = 0;

  constructor(
    private readonly deps: {
      layout: Layout;
      service: MonitoringService;
      store: MonitoringStore;
      logger: LoggerService;
    },
  ) {}

  touch(endpoint: string): void {
    this.dirty.add(endpoint);
  }

  /** Refused events are counted here and written with the next round. */
  countRefused(counts: Map<string, number>): void {
    for (const [endpoint, count] of counts) {
      this.refused.set(endpoint, (this.refused.get(endpoint) ?? 0) + count);
    }
  }

  /** Writes what was counted; called before anybody looks. */
  async flush(): Promise<void> {
    for (const endpoint of [...this.refused.keys()]) {
      // Taken out meanwhile, so that nobody else writes it too; back where the database refuses.
      const count = this.refused.get(endpoint);
      if (!count) continue;
      this.refused.delete(endpoint);
      try {
        await this.deps.store.addRefused(endpoint, count);
      } catch (error) {
        this.countRefused(new Map([[endpoint, count]]));
        throw error;
      }
    }
  }

  async round(signal: AbortSignal): Promise<void> {
    await this.flush().catch(error =>
      this.deps.logger.warn(
        `the number of refused events could not be written and is tried again: ${error}`,
      ),
    );
    if (this.rounds % ALL_EVERY === 0) {
      const { predictions } = this.deps.layout;
      for (const endpoint of await namesIn(predictions)) this.touch(endpoint);
    }
    this.rounds += 1;
    for (const endpoint of [...this.dirty]) {
      if (signal.aborted) return;
      this.dirty.delete(endpoint);
      try {
        const done = await this.deps.service.evaluate(endpoint, signal);
        if (!done) this.touch(endpoint);
      } catch (error) {
        if (signal.aborted) return;
        this.touch(endpoint);
        this.deps.logger.warn(
          `${endpoint} could not be evaluated and is tried again: ${error}`,
        );
      }
    }
  }
}
