import { LoggerService } from '@backstage/backend-plugin-api';
import { LeaseStore } from '../jobs/LeaseStore';
import { Loop } from '../jobs/Loop';
import { EventStore } from './EventStore';
import {
  EventConsumer,
  parseRunEvent,
  RunEvent,
} from '../openlineage/runEvent';

/** Stores run events and has each consumer act on them; what could not be done is tried again, also after a restart. */
export class EventTaker {
  private readonly loop: Loop;

  constructor(
    private readonly deps: {
      events: EventStore;
      leases: LeaseStore;
      logger: LoggerService;
      consumers: EventConsumer[];
    },
  ) {
    this.loop = new Loop({
      name: 'acting on run events',
      everyMs: 2000,
      logger: deps.logger,
      work: signal => this.round(signal),
    });
  }

  /** Stored before it returns; FieldsError for an event that cannot be used. False when it was known. */
  async take(value: unknown): Promise<boolean> {
    const event = parseRunEvent(value);
    for (const consumer of this.deps.consumers) consumer.check(event);
    const { id, stored } = await this.deps.events.add(event);
    await this.act(id);
    return stored;
  }

  start(): void {
    this.loop.start();
  }

  stop(): Promise<void> {
    return this.loop.stop();
  }

  async round(signal: AbortSignal): Promise<void> {
    for (const id of await this.deps.events.due()) {
      if (signal.aborted) return;
      await this.act(id);
    }
  }

  private async act(id: string): Promise<void> {
    const { events, leases, consumers, logger } = this.deps;
    await leases.withLease(`event/${id}`, 30_000, async () => {
      const row = await events.open(id);
      if (!row) return;
      try {
        const event = JSON.parse(row.payload) as RunEvent;
        for (const consumer of consumers) await consumer.take(event);
        await events.done(id);
      } catch (error) {
        logger.warn(
          `the run event ${row.event_type} of ${row.job} is stored but not acted on yet: ${error}`,
        );
        await events.postpone(row);
      }
    });
  }
}
