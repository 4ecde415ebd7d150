import { LoggerService } from '@backstage/backend-plugin-api';
import { Knex } from 'knex';
import { fromJson, isoTime, toJson } from '../database/values';
import { LeaseStore } from './LeaseStore';
import { Loop } from './Loop';

interface Row {
  id: number;
  topic: string;
  listener: string;
  payload: string;
  attempts: number;
  next_at: string;
  done_at: string | null;
  last_error: string | null;
  created_at: string;
}

type Listener = (payload: unknown) => Promise<void>;

/**
 * Tells listeners of facts at least once: the fact is stored with the change that made it, and told until the listener has
 * taken it, across restarts. A listener that fails is asked again after 1, 2, 4, ... seconds, at most 5 minutes.
 */
export class Outbox {
  private readonly listeners = new Map<string, Listener>();
  private readonly loop: Loop;

  constructor(
    private readonly deps: {
      knex: Knex;
      leases: LeaseStore;
      logger: LoggerService;
    },
  ) {
    this.loop = new Loop({
      name: 'telling listeners',
      everyMs: 1000,
      logger: deps.logger,
      work: signal => this.deliver(signal),
    });
  }

  /** `listener` must be the same name after a restart; two listeners of a topic need two names. */
  on(topic: string, listener: string, act: Listener): void {
    const name = `${topic}/${listener}`;
    if (this.listeners.has(name)) {
      throw new Error(`the listener ${name} is registered twice`);
    }
    this.listeners.set(name, act);
  }

  /** Stores the fact for each listener of the topic; pass the transaction that makes the change. */
  async add(topic: string, payload: unknown, trx: Knex): Promise<void> {
    const now = isoTime();
    for (const name of this.listeners.keys()) {
      if (!name.startsWith(`${topic}/`)) continue;
      await trx<Row>('outbox').insert({
        topic,
        listener: name.slice(topic.length + 1),
        payload: toJson(payload),
        next_at: now,
        created_at: now,
      });
    }
  }

  start(): void {
    this.loop.start();
  }

  wake(): void {
    this.loop.wake();
  }

  stop(): Promise<void> {
    return this.loop.stop();
  }

  /** One round over what is due. */
  async deliver(signal: AbortSignal): Promise<void> {
    const due = await this.deps
      .knex<Row>('outbox')
      .whereNull('done_at')
      .andWhere('next_at', '<=', isoTime())
      .orderBy('id')
      .limit(50);
    for (const row of due) {
      if (signal.aborted) return;
      const act = this.listeners.get(`${row.topic}/${row.listener}`);
      if (!act) continue;
      await this.deps.leases.withLease(`outbox/${row.id}`, 30_000, () =>
        this.tell(row, act),
      );
    }
  }

  /** Forgets what was told more than a month ago. */
  async sweep(): Promise<void> {
    await this.deps
      .knex<Row>('outbox')
      .where('done_at', '<', isoTime(-30 * 24 * 3_600_000))
      .delete();
  }

  private async tell(row: Row, act: Listener): Promise<void> {
    const mine = this.deps.knex<Row>('outbox').where({ id: row.id });
    const current = await mine.clone().first();
    if (!current || current.done_at) return;
    try {
      await act(fromJson(row.payload, undefined));
      await mine.clone().update({ done_at: isoTime() });
    } catch (error) {
      const wait = Math.min(300_000, 1000 * 2 ** current.attempts);
      this.deps.logger.warn(
        `${row.topic} could not be told to ${row.listener} (attempt ${
          current.attempts + 1
        }): ${error}`,
      );
      await mine.clone().update({
        attempts: current.attempts + 1,
        next_at: isoTime(wait),
        last_error: String(error).slice(0, 2000),
      });
    }
  }
}
