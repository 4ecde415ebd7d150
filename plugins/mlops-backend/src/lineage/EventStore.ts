import { Knex } from 'knex';
import { digestOf, isoTime, toJson } from '../database/values';
import { ownerRunOf, RunEvent } from '../openlineage/runEvent';

export interface EventRow {
  id: string;
  run_id: string;
  owner_run: string;
  event_type: string;
  event_time: string;
  job: string;
  payload: string;
  recorded_at: string;
  processed_at: string | null;
  tries: number;
  next_try: string;
}

/** Run events as they came, each once, with whether they have been acted on. */
export class EventStore {
  constructor(private readonly knex: Knex) {}

  private rows() {
    return this.knex<EventRow>('lineage_events');
  }

  /** Stores an event; the same one again is known by run, type, time and job, and changes nothing. */
  async add(event: RunEvent): Promise<{ id: string; stored: boolean }> {
    const { eventTime, eventType, run, job } = event;
    const id = digestOf(run.runId, eventType, eventTime, job.name);
    if (await this.rows().where({ id }).first('id')) {
      return { id, stored: false };
    }
    const now = isoTime();
    await this.rows()
      .insert({
        id,
        run_id: run.runId,
        owner_run: ownerRunOf(event),
        event_type: eventType,
        event_time: eventTime.slice(0, 40),
        job: job.name.slice(0, 255),
        payload: toJson(event),
        recorded_at: now,
        processed_at: null,
        tries: 0,
        next_try: now,
      })
      .onConflict('id')
      .ignore();
    return { id, stored: true };
  }

  /** Past events that tell a version of data, oldest first. */
  async withData(page: { limit: number; offset: number }): Promise<RunEvent[]> {
    const rows = await this.rows()
      .where('payload', 'like', '%"datasetVersion"%')
      .orderBy('recorded_at')
      .orderBy('id')
      .limit(page.limit)
      .offset(page.offset)
      .select('payload');
    return rows.map(({ payload }) => JSON.parse(payload) as RunEvent);
  }

  /** The event while it has not been acted on. */
  async open(id: string): Promise<EventRow | undefined> {
    return await this.rows().where({ id }).whereNull('processed_at').first();
  }

  async due(): Promise<string[]> {
    const rows = await this.rows()
      .whereNull('processed_at')
      .andWhere('next_try', '<=', isoTime())
      .orderBy('recorded_at')
      .limit(50)
      .select('id');
    return rows.map(({ id }) => id);
  }

  async done(id: string): Promise<void> {
    await this.rows().where({ id }).update({ processed_at: isoTime() });
  }

  /** Asks for another try after 1, 2, 4, ... seconds, at most five minutes. */
  async postpone(row: EventRow): Promise<void> {
    const wait = Math.min(300_000, 1000 * 2 ** Math.min(row.tries, 9));
    await this.rows()
      .where({ id: row.id })
      .update({ tries: row.tries + 1, next_try: isoTime(wait) });
  }
}
